// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/torch_file.h"
#include "tests/core/io/raw_zip.h"
#include "tests/fuzz/memory_file.h"

#include <cstdlib>
#include <string>

namespace {

using gesture::test::ByteVector;

/// An input that begins with 'P' is an archive itself, one that begins with 0x80 an older file. Any
/// other is a pickle, set into an archive with right checksums beside three storages.
ByteVector fileOf(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    if (size == 0 || data[0] == 'P' || data[0] == 0x80) return {bytes.begin(), bytes.end()};
    gesture::test::RawMember pickle = gesture::test::storedMember("x/data.pkl", "");
    pickle.data.assign(bytes.begin() + 1, bytes.end());
    pickle.crc = gesture::test::checksum(pickle.data);
    pickle.size = pickle.data.size();
    return gesture::test::rawZip({pickle,
                                  gesture::test::storedMember("x/data/0", std::string(16, 1)),
                                  gesture::test::storedMember("x/data/1", std::string(48, 1)),
                                  gesture::test::storedMember("x/data/2", std::string(8, 1))});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const gesture::fuzz::MemoryFile memory(fileOf(data, size));
    auto file = gesture::io::TorchFile::open(memory.path());
    if (!file) return file.error().message().empty() ? (std::abort(), 0) : 0;
    for (const auto& info : file->tensors()) {
        const auto tensor = file->read(info.name);
        if (tensor && tensor->bytes.size() != *gesture::io::byteCount(info.type, info.shape))
            std::abort();
    }
    return 0;
}

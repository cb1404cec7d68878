// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/safetensors.h"
#include "tests/fuzz/memory_file.h"

#include <cstdlib>
#include <map>

namespace {

std::vector<std::byte> written(const gesture::io::SafetensorsReader& reader) {
    std::vector<std::byte> bytes;
    const gesture::io::SafetensorsContent content{
        reader.tensors(), reader.metadata(),
        [&](const gesture::io::TensorInfo& info) { return reader.read(info.name); }};
    const auto sink = [&](std::span<const std::byte> more) {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return gesture::Status::success();
    };
    if (!gesture::io::writeSafetensors(content, sink)) bytes.clear();
    return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const gesture::fuzz::MemoryFile file(std::as_bytes(std::span(data, size)));
    const auto reader = gesture::io::SafetensorsReader::open(file.path());
    if (!reader) return reader.error().message().empty() ? (std::abort(), 0) : 0;
    // What was read can be written, and reads the same again.
    const auto bytes = written(*reader);
    if (bytes.empty()) return 0;
    const gesture::fuzz::MemoryFile copy(bytes);
    const auto again = gesture::io::SafetensorsReader::open(copy.path());
    if (!again || again->tensors() != reader->tensors() ||
        again->metadata() != reader->metadata() || written(*again) != bytes)
        std::abort();
    return 0;
}

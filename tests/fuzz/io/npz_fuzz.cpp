// SPDX-License-Identifier: Apache-2.0
#include "core/io/npz.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const gesture::fuzz::MemoryFile file(std::as_bytes(std::span(data, size)));
    const auto npz = gesture::io::NpzReader::open(file.path());
    if (!npz) return 0;
    for (const auto& entry : npz->entries())
        static_cast<void>(npz->read(entry.name).ok());
    return 0;
}

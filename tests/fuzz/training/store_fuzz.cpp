// SPDX-License-Identifier: Apache-2.0
#include "core/base/fast_hash.h"
#include "training/data/store_format.h"

#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

namespace {

using namespace gesture::training;

/// Every stream of every clip must lie in the file: what `WindowStore` relies on.
void lookAt(const StoreIndex& index, std::size_t fileBytes) {
    for (const StoreClip& clip : index.clips) {
        const auto layout = recordLayout(index.streams, clip.frames, index.windows);
        if (!layout || clip.offset > fileBytes || layout->back() > fileBytes - clip.offset)
            std::abort();
    }
}

} // namespace

/// The bytes as a store, and as an index with right checksums behind so many bytes of records.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    if (const auto index = parseStore(bytes, "it")) lookAt(*index, size);
    if (size < 1) return 0;
    std::vector<std::byte> file = storeHeader();
    file.resize(file.size() + kStoreAlignment * data[0]);
    const auto text = bytes.subspan(1);
    const std::vector<std::byte> trailer = storeTrailer(file.size(), text);
    file.insert(file.end(), text.begin(), text.end());
    file.insert(file.end(), trailer.begin(), trailer.end());
    if (const auto index = parseStore(file, "it")) lookAt(*index, file.size());
    if (const auto clip = parseClip(bytes)) {
        const std::vector<std::byte> again = serializeClip(*clip);
        if (again.size() != size) std::abort();
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle/manifest.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gesture::io;
    const auto manifest = parseBundleManifest({reinterpret_cast<const char*>(data), size});
    if (!manifest) return 0;
    // What was accepted comes back the same.
    const auto again = parseBundleManifest(formatBundleManifest(*manifest));
    if (!again || !(*again == *manifest)) std::abort();
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "core/io/npy.h"

#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto array = gesture::io::parseNpy(std::as_bytes(std::span(data, size)));
    if (!array) return 0;
    static_cast<void>(array->describe());
    static_cast<void>(array->numbers<float>().ok());
    static_cast<void>(array->numbers<std::int32_t>().ok());
    static_cast<void>(array->strings().ok());
    // What was read can be written, and reads the same again.
    const auto again = gesture::io::parseNpy(gesture::io::serializeNpy(*array));
    if (!again || again->shape() != array->shape() ||
        !std::equal(again->bytes().begin(), again->bytes().end(), array->bytes().begin(),
                    array->bytes().end()))
        std::abort();
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Lines of a trainer: any bytes are read or refused; what was read is the same when it is written
// and read again.
#include "training/protocol/training_event.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gesture::training;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    EventLines lines;
    for (const std::string& line : lines.take(bytes)) {
        const auto event = parseTrainingEvent(line);
        if (!event) continue;
        const std::string written = formatTrainingEvent(*event);
        const auto again = parseTrainingEvent(written);
        if (!again || formatTrainingEvent(*again) != written) std::abort();
    }
    return 0;
}

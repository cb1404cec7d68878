// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/transcript/fuzzed_transcript.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    gesture::fuzz::checkTranscript(data, size, "a.ctm");
    gesture::fuzz::checkTranscript(data, size, "a.csv");
    return 0;
}

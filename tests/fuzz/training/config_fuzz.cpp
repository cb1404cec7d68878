// SPDX-License-Identifier: Apache-2.0
// Configurations of training: any bytes are read or refused, and what was understood can be written
// down and read again with the same answers.
#include "training/config/config_reader.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using gesture::training::ConfigReader;

void ask(ConfigReader& config) {
    (void)config.choice("stage", {"a", "b"});
    (void)config.count("steps", 10);
    (void)config.counts("layers", {1});
    ConfigReader optimiser = config.section("optimiser");
    (void)optimiser.number("rate", 1e-3, {0, 1});
    (void)optimiser.flag("on", true);
    (void)optimiser.section("inner").texts("names", {});
    (void)config.text("name", "");
    (void)config.has("other");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    auto config = ConfigReader::parse(text, "fuzz");
    if (!config) return 0;
    ask(*config);
    if (!config->finish()) return 0;
    const std::string complete = config->complete();
    auto again = ConfigReader::parse(complete, "again");
    if (!again) std::abort();
    ask(*again);
    if (!again->finish() || again->complete() != complete) std::abort();
    return 0;
}

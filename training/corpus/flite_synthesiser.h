// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/corpus/synthesiser.h"

#include <memory>
#include <string>

namespace gesture::training {

/// Flite's English voices slt, rms, awb and kal16, in this process. The library keeps its state in
/// global variables: one object at a time, and it seeds the C library's `rand`.
[[nodiscard]] std::unique_ptr<Synthesiser> makeFliteSynthesiser();

/// Version of the library, which decides how voices sound.
[[nodiscard]] std::string fliteVersion();

} // namespace gesture::training

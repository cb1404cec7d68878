// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/generation/window_generator.h"

namespace gesture::models {

// The three architectures; WindowGenerator::load chooses among them.

[[nodiscard]] Result<std::unique_ptr<const WindowGenerator>> loadSemTalk(const io::Bundle& bundle,
                                                                         Placement placement);
[[nodiscard]] Result<std::unique_ptr<const WindowGenerator>> loadEchoMask(const io::Bundle& bundle,
                                                                          Placement placement);
[[nodiscard]] Result<std::unique_ptr<const WindowGenerator>> loadEmage(const io::Bundle& bundle,
                                                                       Placement placement);

} // namespace gesture::models

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::training {

/// The whole program `gesture-train`: reads the command line, runs the command and returns the exit
/// status (0 done, 1 failed, 2 wrong usage, 3 cancelled, 4 a needed part is missing). The stages
/// are those that the program was linked with.
[[nodiscard]] int runTrainProgram(int count, char** arguments);

} // namespace gesture::training

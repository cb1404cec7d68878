// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::app {

/// When this process was started, in seconds of `steadyNow` (from /proc; 10 ms steps).
[[nodiscard]] double processStart();

/// Memory that this process has in RAM, MiB (VmRSS); 0 when unknown.
[[nodiscard]] double residentMebibytes();

} // namespace gesture::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::app {

/// When this process was started, in seconds of `steadyNow` (from /proc; 10 ms steps).
[[nodiscard]] double processStart();

/// Processor time of all threads of this process, seconds.
[[nodiscard]] double processorSeconds();

/// Memory that this process has in RAM, MiB (VmRSS); 0 when unknown.
[[nodiscard]] double residentMebibytes();

/// Files, sockets and the like that this process has open; 0 when unknown.
[[nodiscard]] int openDescriptors();

} // namespace gesture::app

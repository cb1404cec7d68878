// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace gesture::motion {

/// Threads that `requested` stands for: itself, or for 0 the number that the machine has (8 at
/// most: the work is bound by memory).
[[nodiscard]] std::size_t threadCount(int requested);

/// Calls `work(begin, end)` for consecutive pieces of [0, count), `grain` long each, on `threads`
/// threads of which the caller is one. Returns when all is done. `work` must not throw.
void parallelFor(std::size_t threads, std::size_t count, std::size_t grain,
                 const std::function<void(std::size_t, std::size_t)>& work);

} // namespace gesture::motion

// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::app {

/// Which of the two compared takes one is.
enum class TakeBadge { None, A, B };

} // namespace gesture::app

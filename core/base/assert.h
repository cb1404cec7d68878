// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture {

/// Prints the broken invariant and aborts. Never for bad input: that is an Error.
[[noreturn]] void assertionFailed(const char* expression, const char* file, int line);

} // namespace gesture

/// Checks an invariant in every build type. Cheap conditions only.
#define GESTURE_ASSERT(expression)                                                                 \
    ((expression) ? static_cast<void>(0)                                                           \
                  : ::gesture::assertionFailed(#expression, __FILE__, __LINE__))

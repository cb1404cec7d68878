// SPDX-License-Identifier: Apache-2.0
#include "core/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace gesture {

void assertionFailed(const char* expression, const char* file, int line) {
    std::fprintf(stderr, "Internal error: '%s' does not hold (%s:%d). Please report this.\n",
                 expression, file, line);
    std::abort();
}

} // namespace gesture

// SPDX-License-Identifier: Apache-2.0
// gesture-train with the stage of the tests. TINY_FILE_LIMIT=BYTES limits what a file may hold: a
// full disk, as a program sees it.
#include "training/commands/train_program.h"

#include <cstdlib>
#include <sys/resource.h>

int main(int count, char** arguments) {
    if (const char* limit = std::getenv("TINY_FILE_LIMIT")) {
        const rlim_t bytes = std::strtoull(limit, nullptr, 10);
        const rlimit both{bytes, bytes};
        if (::setrlimit(RLIMIT_FSIZE, &both) != 0) return 99;
    }
    return gesture::training::runTrainProgram(count, arguments);
}

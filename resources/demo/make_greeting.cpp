// SPDX-License-Identifier: Apache-2.0
// Writes the demo motion that ships: make_greeting greeting.npz
#include "core/io/motion_file.h"
#include "core/motion/procedural_clip.h"

#include <cstdio>

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("Usage: make_greeting OUT.npz\n", stderr);
        return 2;
    }
    const gesture::Status written =
        gesture::io::writeMotionFile(arguments[1], gesture::motion::makeGreetingClip());
    if (written.ok()) return 0;
    std::fprintf(stderr, "%s\n", written.error().message().c_str());
    return 1;
}

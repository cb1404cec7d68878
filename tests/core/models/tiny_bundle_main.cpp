// SPDX-License-Identifier: Apache-2.0
// tiny_bundle semtalk|echomask|emage FOLDER: writes a bundle for tests of the programs.
#include "tests/core/models/tiny_bundle.h"

#include <fmt/format.h>

#include <cstdio>
#include <string_view>

int main(int count, char** arguments) {
    using gesture::io::Architecture;
    for (const auto architecture :
         {Architecture::SemTalk, Architecture::EchoMask, Architecture::Emage}) {
        if (count != 3 || arguments[1] != gesture::io::nameOf(architecture)) continue;
        const auto bundle = gesture::test::writeTinyBundle(architecture, arguments[2]);
        if (bundle) return 0;
        fmt::print(stderr, "{}\n", bundle.error().message());
        return 1;
    }
    fmt::print(stderr, "usage: tiny_bundle semtalk|echomask|emage FOLDER\n");
    return 2;
}

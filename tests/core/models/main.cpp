// SPDX-License-Identifier: Apache-2.0
// The tests of the networks. With --parity, a table follows that says how far every number of the
// originals' was missed.
#include "tests/core/models/parity.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace {

void printParity() {
    fmt::print("\n{:<24} {:<44} {:>7} {:>11} {:>11}\n", "network", "quantity", "values",
               "max error", "tolerance");
    std::size_t values = 0;
    for (const gesture::test::ParityRow& row : gesture::test::parityRows()) {
        fmt::print("{:<24} {:<44} {:>7} {:>11.2g} {:>11.2g}{}\n", row.network, row.quantity,
                   row.values, row.largestError, row.tolerance,
                   row.largestError <= row.tolerance ? "" : "  MISSED");
        values += row.values;
    }
    fmt::print("{} values of the originals compared.\n", values);
    std::fflush(stdout);
}

} // namespace

int main(int count, char** arguments) {
    testing::InitGoogleTest(&count, arguments);
    const bool parity = std::any_of(arguments + 1, arguments + count, [](const char* argument) {
        return std::string_view(argument) == "--parity";
    });
    const int status = RUN_ALL_TESTS();
    if (parity) printParity();
    return status;
}

// SPDX-License-Identifier: Apache-2.0
#include "tests/core/analysis/outside_program.h"

#include "core/base/process.h"

#include <chrono>
#include <cstdlib>
#include <sstream>

namespace gesture::test {

std::filesystem::path outsideProgram(const std::string& name) {
    const char* set = std::getenv("PATH");
    std::istringstream folders(set != nullptr ? set : "");
    std::error_code ignored;
    for (std::string folder; std::getline(folders, folder, ':');)
        if (std::filesystem::is_regular_file(std::filesystem::path(folder) / name, ignored))
            return std::filesystem::path(folder) / name;
    return {};
}

Outcome runOutside(const std::filesystem::path& program,
                   const std::vector<std::string>& arguments) {
    auto process = Process::start({program, arguments});
    if (!process) return {-1, process.error().message()};
    process->closeInput();
    const auto status = process->wait(std::chrono::seconds(50));
    return {status ? *status : -1, process->output()};
}

} // namespace gesture::test

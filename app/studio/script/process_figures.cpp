// SPDX-License-Identifier: Apache-2.0
#include "app/studio/script/process_figures.h"

#include "app/studio/services/playback_clock.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <unistd.h>

namespace gesture::app {

double processStart() {
    std::ifstream stream("/proc/self/stat");
    std::string text;
    std::getline(stream, text);
    // Field 22, start time in ticks since boot; the name in parentheses may hold blanks.
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string field;
    constexpr int kFieldsAfterName = 20;
    for (int i = 0; i < kFieldsAfterName; ++i) {
        fields >> field;
    }
    const double started = std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
    timespec boot{};
    clock_gettime(CLOCK_BOOTTIME, &boot);
    const double sinceBoot =
        static_cast<double>(boot.tv_sec) + static_cast<double>(boot.tv_nsec) / 1e9;
    return steadyNow() - (sinceBoot - started);
}

double processorSeconds() {
    timespec used{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

double residentMebibytes() {
    std::ifstream stream("/proc/self/statm");
    double size = 0;
    double resident = 0;
    if (!(stream >> size >> resident)) return 0;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

int openDescriptors() {
    std::error_code error;
    const std::filesystem::directory_iterator listed("/proc/self/fd", error);
    return error ? 0 : static_cast<int>(std::distance(begin(listed), end(listed)));
}

} // namespace gesture::app

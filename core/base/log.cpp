// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"

#include <memory>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <vector>

namespace gesture {

namespace {

spdlog::level::level_enum spdlogLevel(LogLevel level) {
    switch (level) {
    case LogLevel::Debug:
        return spdlog::level::debug;
    case LogLevel::Info:
        return spdlog::level::info;
    case LogLevel::Warning:
        return spdlog::level::warn;
    case LogLevel::Error:
        return spdlog::level::err;
    }
    return spdlog::level::err;
}

std::shared_ptr<spdlog::logger> makeLogger(LogLevel level, const std::filesystem::path& file) {
    std::vector<spdlog::sink_ptr> sinks{std::make_shared<spdlog::sinks::stderr_sink_mt>()};
    if (!file.empty()) {
        constexpr std::size_t kMaxBytes = 1U << 20;
        try {
            sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>(file.string(),
                                                                                   kMaxBytes, 2));
        } catch (const spdlog::spdlog_ex&) {
            // A log that cannot be written must not stop the program; standard error remains.
        }
    }
    auto made = std::make_shared<spdlog::logger>("gesture", sinks.begin(), sinks.end());
    made->set_level(spdlogLevel(level));
    made->set_pattern("%H:%M:%S.%e %l: %v");
    return made;
}

std::shared_ptr<spdlog::logger>& logger() {
    static std::shared_ptr<spdlog::logger> instance = makeLogger(LogLevel::Warning, {});
    return instance;
}

} // namespace

void startLogging(LogLevel level, const std::filesystem::path& file) {
    logger() = makeLogger(level, file);
}

void logMessage(LogLevel level, std::string_view message) {
    logger()->log(spdlogLevel(level), message);
}

} // namespace gesture

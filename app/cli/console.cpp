// SPDX-License-Identifier: Apache-2.0
#include "app/cli/console.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <poll.h>
#include <string>
#include <thread>
#include <unistd.h>

namespace gesture::app {

namespace {

std::stop_source& interruptSource() {
    static std::stop_source source;
    return source;
}

std::array<int, 2> interruptPipe{-1, -1};

// A handler may only do what is safe in a signal: it wakes a thread that requests the stop.
extern "C" void onInterrupt(int number) {
    const char mark = 'x';
    if (::write(interruptPipe[1], &mark, 1) < 0) std::_Exit(128 + number);
    std::signal(number, SIG_DFL);
}

std::string timeLeft(double seconds) {
    const auto whole = static_cast<long>(std::ceil(seconds));
    if (whole < 60) return fmt::format("{} s left", whole);
    return fmt::format("{}:{:02} min left", whole / 60, whole % 60);
}

std::string bar(const Progress& progress) {
    if (progress.total <= 0) return fmt::format("{} … {}", progress.stage, progress.done);
    constexpr std::int64_t kWidth = 28;
    const std::int64_t filled = kWidth * std::min(progress.done, progress.total) / progress.total;
    std::string text = fmt::format("{} [", progress.stage);
    for (std::int64_t i = 0; i < kWidth; ++i)
        text += i < filled ? "█" : "·";
    text += fmt::format("] {}/{}", progress.done, progress.total);
    if (progress.secondsLeft) text += "  " + timeLeft(*progress.secondsLeft);
    return text;
}

void print(std::FILE* stream, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
}

} // namespace

void catchInterrupts() {
    if (::pipe2(interruptPipe.data(), O_CLOEXEC) != 0) return;
    // The thread may outlive what is destroyed at the program's end: it has a copy of the source.
    std::thread([source = interruptSource()]() mutable {
        char mark = 0;
        if (::read(interruptPipe[0], &mark, 1) == 1) source.request_stop();
    }).detach();
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGTERM, onInterrupt);
}

Console::Console(ConsoleOptions options)
    : options_(options)
    , terminal_(::isatty(STDERR_FILENO) != 0) {}

void Console::line(std::string_view text) const {
    if (!options_.json) print(stdout, text);
}

void Console::object(const nlohmann::json& value) const {
    using nlohmann::json;
    if (options_.json) print(stdout, value.dump(-1, ' ', false, json::error_handler_t::replace));
}

void Console::record(const nlohmann::json& value) {
    clearBar();
    print(stdout, value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void Console::note(std::string_view text) const {
    if (options_.quiet) return;
    if (options_.json)
        print(stderr, nlohmann::json{{"note", text}}.dump(
                          -1, ' ', false, nlohmann::json::error_handler_t::replace));
    else
        print(stderr, text);
}

void Console::error(const Error& error) {
    clearBar();
    if (options_.json)
        print(stderr, nlohmann::json{{"error", error.message()}}.dump(
                          -1, ' ', false, nlohmann::json::error_handler_t::replace));
    else
        print(stderr, fmt::format("gesture: {}", error.message()));
}

JobControl Console::job() {
    if (options_.quiet || (!options_.json && !terminal_))
        return {interruptSource().get_token(), {}};
    return {interruptSource().get_token(),
            [this](const Progress& progress) { showProgress(progress); }};
}

void Console::showProgress(const Progress& progress) {
    if (options_.json) {
        nlohmann::json value{
            {"stage", progress.stage}, {"done", progress.done}, {"total", progress.total}};
        if (progress.secondsLeft) value["secondsLeft"] = *progress.secondsLeft;
        print(stderr, value.dump());
        return;
    }
    std::fprintf(stderr, "\r\033[K%s", bar(progress).c_str());
    std::fflush(stderr);
    barShown_ = true;
    if (progress.total > 0 && progress.done >= progress.total) clearBar();
}

void Console::clearBar() {
    if (barShown_) std::fputs("\r\033[K", stderr);
    barShown_ = false;
}

} // namespace gesture::app

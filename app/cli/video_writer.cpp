// SPDX-License-Identifier: Apache-2.0
#include "app/cli/video_writer.h"

#include "core/base/paths.h"

#include <fmt/format.h>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::app {

namespace {

std::vector<std::string> codecArguments(bool webm) {
    if (webm)
        return {"-c:v",      "libvpx-vp9", "-crf",      "30",  "-b:v",    "0",
                "-deadline", "realtime",   "-cpu-used", "6",   "-row-mt", "1",
                "-c:a",      "libopus",    "-b:a",      "128k"};
    return {"-c:v", "libx264", "-preset", "veryfast", "-crf",      "18",
            "-c:a", "aac",     "-b:a",    "160k",     "-movflags", "+faststart"};
}

std::vector<std::string> ffmpegArguments(const VideoSettings& settings, bool webm,
                                         const std::filesystem::path& output) {
    const std::string rate =
        fmt::format("{}/{}", settings.rate.numerator, settings.rate.denominator);
    std::vector<std::string> arguments{"-nostdin",
                                       "-hide_banner",
                                       "-loglevel",
                                       "error",
                                       "-y",
                                       "-f",
                                       "rawvideo",
                                       "-pixel_format",
                                       "rgba",
                                       "-video_size",
                                       fmt::format("{}x{}", settings.width, settings.height),
                                       "-framerate",
                                       rate,
                                       "-i",
                                       "pipe:0"};
    const auto append = [&](const std::vector<std::string>& more) {
        arguments.insert(arguments.end(), more.begin(), more.end());
    };
    if (!settings.audio.empty()) {
        // An absolute path with its protocol: a name such as "-x" or "http:x" stays a file.
        const std::string source = "file:" + std::filesystem::absolute(settings.audio).string();
        append({"-ss", fmt::format("{:.6f}", settings.audioStart.value), "-i", source, "-map",
                "0:v:0", "-map", "1:a:0"});
    }
    append(codecArguments(webm));
    const double length = settings.rate.timeOf({settings.frames}).value;
    append({"-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709",
            "-color_trc", "bt709", "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-t",
            fmt::format("{:.6f}", length), "file:" + std::filesystem::absolute(output).string()});
    return arguments;
}

} // namespace

Result<VideoWriter> VideoWriter::start(const std::filesystem::path& target,
                                       const VideoSettings& settings) {
    const std::string extension = target.extension().string();
    if (extension != ".mp4" && extension != ".webm")
        return Error{ErrorCode::Usage,
                     fmt::format("'{}' is no video name: use .mp4 or .webm.", target.string())};
    if (settings.width % 2 != 0 || settings.height % 2 != 0)
        return Error{ErrorCode::Usage,
                     fmt::format("Video needs an even width and height, not {}x{}.", settings.width,
                                 settings.height)};
    const auto ffmpeg = findProgram("ffmpeg");
    if (!ffmpeg)
        return Error{ErrorCode::Unavailable,
                     "The program 'ffmpeg' is not installed; it writes video. Install the package "
                     "'ffmpeg', or write pictures: -o frames/%05d.png."};
    auto file = AtomicFile::create(target);
    if (!file) return std::move(file).error();
    auto process = Process::start(
        {*ffmpeg, ffmpegArguments(settings, extension == ".webm", file->temporaryPath())});
    if (!process) return std::move(process).error();
    return VideoWriter(std::move(*file), std::move(*process));
}

Status VideoWriter::append(std::span<const std::byte> rgba) {
    if (process_.write(rgba).ok()) return Status::success();
    static_cast<void>(process_.wait(std::chrono::seconds(5)));
    return failure();
}

Status VideoWriter::finish() {
    process_.closeInput();
    const auto status = process_.wait();
    if (!status || *status != 0) return failure();
    return file_.commit();
}

Error VideoWriter::failure() const {
    std::string_view text = process_.output();
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    const std::size_t lastLine = text.rfind('\n');
    if (lastLine != std::string_view::npos) text.remove_prefix(lastLine + 1);
    return {ErrorCode::Io, fmt::format("ffmpeg could not write the video: {}. Nothing was written.",
                                       text.empty() ? "it ended early" : text)};
}

} // namespace gesture::app

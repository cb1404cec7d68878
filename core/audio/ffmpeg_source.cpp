// SPDX-License-Identifier: Apache-2.0
#include "core/audio/sample_source.h"
#include "core/base/paths.h"
#include "core/base/process.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>

namespace gesture::audio {

namespace {

using namespace std::chrono_literals;

/// ffmpeg decodes many times faster than sound plays; silent for so long, it hangs.
constexpr auto kPatience = 20s;
constexpr std::size_t kMaxProbeText = std::size_t{1} << 16;
/// Shorter ways ahead are decoded and dropped; for longer ones ffmpeg starts again.
constexpr double kSkippedSeconds = 2.0;
constexpr double kMostSeconds = 1.0e7; ///< 115 days

/// Containers that hold their sound in themselves. Playlists, slide shows and network formats, by
/// which a file could make ffmpeg read others, are not among them.
constexpr const char* kContainers =
    "mov,mp4,matroska,webm,avi,flv,mpegts,mpeg,asf,aac,ac3,eac3,dts,amr,ape,wv,tta,tak,mpc,mpc8,"
    "mp3,"
    "ogg,flac,wav,w64,aiff,caf,au,dsf,oma,rm,mxf,gxf,xwma,shn,voc,loas,truehd,mlp,nut";

/// Streams without a container around them: their length is guessed from the bit rate.
constexpr const char* kBareStreams = ",aac,ac3,eac3,dts,amr,mp3,loas,truehd,mlp,";

struct Programs {
    std::filesystem::path probe;
    std::filesystem::path decoder;
};

Result<Programs> findPrograms() {
    const auto probe = findProgram("ffprobe");
    const auto decoder = findProgram("ffmpeg");
    if (!probe || !decoder)
        return Error{ErrorCode::Unavailable, fmt::format("The program '{}' was not found.",
                                                         decoder ? "ffprobe" : "ffmpeg")};
    return Programs{*probe, *decoder};
}

/// Arguments that name the file: one regular file, by an absolute path with its protocol, so that a
/// name such as "-x" or "http:x" stays a file.
std::vector<std::string> inputArguments(const std::filesystem::path& path) {
    return {"-protocol_whitelist", "file", "-format_whitelist",
            kContainers,           "-i",   "file:" + std::filesystem::absolute(path).string()};
}

/// The child's last line, without the control characters that a file could put into it.
std::string lastLine(std::string text) {
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    text.erase(0, text.rfind('\n') + 1);
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; }, ' ');
    return text.substr(0, 300);
}

Error noSound(const Process& process) {
    const std::string reason = lastLine(process.output());
    return {ErrorCode::InvalidInput, reason.empty() ? "ffmpeg finds no sound in it."
                                                    : fmt::format("ffmpeg says: {}.", reason)};
}

/// What ffprobe prints as `key="value"` or `key=value`, a line each.
std::map<std::string, std::string> parseFlat(const std::string& text) {
    std::map<std::string, std::string> values;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        const std::size_t equals = line.find('=');
        if (equals == std::string::npos) continue;
        std::string value = line.substr(equals + 1);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        values[line.substr(0, equals)] = value;
    }
    return values;
}

template <typename Number>
std::optional<Number> numberOf(const std::map<std::string, std::string>& values,
                               const std::string& key) {
    const auto found = values.find(key);
    if (found == values.end()) return std::nullopt;
    Number number{};
    const char* end = found->second.data() + found->second.size();
    const auto parsed = std::from_chars(found->second.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
    return number;
}

Result<std::string> probeText(const Programs& programs, const std::filesystem::path& path) {
    constexpr const char* kEntries =
        "stream=codec_long_name,sample_rate,channels,duration,bits_per_raw_sample"
        ":format=format_name,format_long_name,duration";
    Process::Command command{
        programs.probe,
        {"-v", "error", "-select_streams", "a:0", "-show_entries", kEntries, "-of", "flat"}};
    for (std::string& argument : inputArguments(path))
        command.arguments.push_back(std::move(argument));
    auto process = Process::start(command, Process::Output::Streamed);
    if (!process) return std::move(process).error();
    process->closeInput();
    std::string text;
    std::array<char, 4096> block{};
    while (text.size() < kMaxProbeText) {
        const auto count = process->read(std::as_writable_bytes(std::span(block)), kPatience);
        if (!count) return Error(count.error());
        if (*count == 0) break;
        text.append(block.data(), *count);
    }
    const auto status = process->wait(kPatience);
    if (!status) return Error(status.error());
    if (*status != 0) return noSound(*process);
    return text;
}

Result<AudioInfo> probe(const Programs& programs, const std::filesystem::path& path) {
    const auto text = probeText(programs, path);
    if (!text) return Error(text.error());
    auto values = parseFlat(*text);
    const std::string stream = "streams.stream.0.";
    AudioInfo info;
    info.sampleRate = numberOf<int>(values, stream + "sample_rate").value_or(0);
    info.channels = numberOf<int>(values, stream + "channels").value_or(0);
    info.bitsPerSample =
        std::clamp(numberOf<int>(values, stream + "bits_per_raw_sample").value_or(0), 0, 64);
    info.lengthIsExact = false;
    info.format = fmt::format("{} in {}, through ffmpeg", values[stream + "codec_long_name"],
                              values["format.format_long_name"]);
    if (info.channels == 0 && info.sampleRate == 0)
        return Error{ErrorCode::InvalidInput, "It has no sound track."};
    if (info.channels < 1 || info.channels > kMaxChannels || info.sampleRate < 1 ||
        info.sampleRate > kMaxSampleRate)
        return Error{ErrorCode::InvalidInput, fmt::format("Its sound has {} channels at {} Hz.",
                                                          info.channels, info.sampleRate)};
    auto seconds = numberOf<double>(values, stream + "duration");
    if (!seconds) seconds = numberOf<double>(values, "format.duration");
    const bool bare =
        std::string_view(kBareStreams).find("," + values["format.format_name"] + ",") !=
        std::string_view::npos;
    if (!bare && seconds && *seconds > 0 && *seconds < kMostSeconds)
        info.sampleCount = std::llround(*seconds * info.sampleRate);
    return info;
}

class FfmpegSource final : public SampleSource {
public:
    FfmpegSource(std::filesystem::path decoder, std::filesystem::path path, AudioInfo info)
        : decoder_(std::move(decoder))
        , path_(std::move(path))
        , info_(std::move(info)) {}

    [[nodiscard]] const AudioInfo& info() const override { return info_; }
    [[nodiscard]] Status seek(std::int64_t position) override;
    [[nodiscard]] Result<std::int64_t> read(std::span<float> out) override;
    /// Starts the decoder at a sample.
    [[nodiscard]] Status start(std::int64_t position);
    /// Finds the length of a file that does not tell it, by decoding all.
    [[nodiscard]] Status countSamples();

private:
    [[nodiscard]] std::size_t frameBytes() const {
        return sizeof(float) * static_cast<std::size_t>(info_.channels);
    }
    [[nodiscard]] Status finish();

    std::filesystem::path decoder_;
    std::filesystem::path path_;
    AudioInfo info_;
    std::optional<Process> process_; ///< Absent once the sound has ended.
    std::int64_t position_ = 0;
    std::vector<float> skipped_;
};

Status FfmpegSource::start(std::int64_t position) {
    process_.reset();
    Process::Command command{decoder_, {"-nostdin", "-hide_banner", "-v", "error"}};
    const auto append = [&](std::vector<std::string> more) {
        std::move(more.begin(), more.end(), std::back_inserter(command.arguments));
    };
    if (position > 0)
        append({"-ss", fmt::format("{:.6f}", static_cast<double>(position) / info_.sampleRate)});
    append(inputArguments(path_));
    append({"-map", "0:a:0", "-vn", "-sn", "-dn", "-c:a", "pcm_f32le", "-ar",
            std::to_string(info_.sampleRate), "-ac", std::to_string(info_.channels), "-f", "f32le",
            "pipe:1"});
    auto process = Process::start(command, Process::Output::Streamed);
    if (!process) return std::move(process).error();
    process->closeInput();
    process_.emplace(std::move(process).value());
    position_ = position;
    return Status::success();
}

Status FfmpegSource::finish() {
    const auto status = process_->wait(kPatience);
    const std::string reason = lastLine(process_->output());
    process_.reset();
    if (!status) return Error(status.error());
    if (*status == 0) return Status::success();
    return Error{ErrorCode::Io,
                 fmt::format("ffmpeg broke off while it read '{}': {}.", path_.string(),
                             reason.empty() ? fmt::format("exit status {}", *status) : reason)};
}

Result<std::int64_t> FfmpegSource::read(std::span<float> out) {
    auto bytes = std::as_writable_bytes(out);
    std::size_t filled = 0;
    while (process_ && filled < bytes.size()) {
        const auto count = process_->read(bytes.subspan(filled), kPatience);
        if (!count) {
            process_.reset();
            return Error(count.error());
        }
        filled += *count;
        if (*count > 0) continue;
        if (auto ended = finish(); !ended) return std::move(ended).error();
    }
    const auto samples = static_cast<std::int64_t>(filled / frameBytes());
    position_ += samples;
    return samples;
}

Status FfmpegSource::seek(std::int64_t position) {
    const std::int64_t ahead = position - position_;
    if (process_ && ahead >= 0 && static_cast<double>(ahead) < kSkippedSeconds * info_.sampleRate) {
        skipped_.resize(static_cast<std::size_t>(ahead * info_.channels));
        if (const auto count = read(skipped_); !count) return Error(count.error());
        return Status::success();
    }
    return start(position);
}

Status FfmpegSource::countSamples() {
    std::vector<float> block((std::size_t{1} << 14) * static_cast<std::size_t>(info_.channels));
    while (true) {
        const auto count = read(block);
        if (!count) return Error(count.error());
        if (*count == 0) break;
        if (position_ > kMaxSoundSamples)
            return Error{ErrorCode::LimitExceeded, "Its sound is too long to be counted."};
    }
    info_.sampleCount = position_;
    info_.lengthIsExact = true;
    return start(0);
}

} // namespace

Result<std::unique_ptr<SampleSource>> openWithFfmpeg(const std::filesystem::path& path) {
    const auto programs = findPrograms();
    if (!programs) return Error(programs.error());
    auto info = probe(*programs, path);
    if (!info) return std::move(info).error();
    const bool counted = info->sampleCount > 0;
    auto source = std::make_unique<FfmpegSource>(programs->decoder, path, std::move(info).value());
    if (auto started = source->start(0); !started) return std::move(started).error();
    if (!counted)
        if (auto done = source->countSamples(); !done) return std::move(done).error();
    return std::unique_ptr<SampleSource>(std::move(source));
}

std::string_view foreignContainer(const std::filesystem::path& path) {
    struct Signature {
        std::size_t offset;
        std::string_view bytes;
        std::string_view name;
    };
    using namespace std::string_view_literals;
    static constexpr std::array kSignatures{
        Signature{4, "ftyp"sv, "MP4 or QuickTime"},
        Signature{4, "moov"sv, "QuickTime"},
        Signature{0, "\x1A\x45\xDF\xA3"sv, "Matroska or WebM"},
        Signature{8, "AVI "sv, "AVI"},
        Signature{0, "FLV\x01"sv, "Flash video"},
        Signature{0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11"sv, "Windows Media"},
        Signature{0, "\x00\x00\x01\xBA"sv, "an MPEG film"},
        Signature{0, "ID3"sv, "MP3 or AAC"},
        Signature{0, "\xFF\xFB"sv, "MP3"},
        Signature{0, "\xFF\xF3"sv, "MP3"},
        Signature{0, "\xFF\xF1"sv, "AAC"},
        Signature{0, "\xFF\xF9"sv, "AAC"},
        Signature{0, "#!AMR"sv, "AMR"},
        Signature{0, "MAC "sv, "Monkey's Audio"},
        Signature{0, "wvpk"sv, "WavPack"},
        Signature{0, "TTA1"sv, "True Audio"},
        Signature{0, "\x0B\x77"sv, "AC-3"},
    };
    std::array<char, 16> head{};
    std::ifstream file(path, std::ios::binary);
    file.read(head.data(), head.size());
    const std::string_view text(head.data(), static_cast<std::size_t>(file.gcount()));
    for (const Signature& signature : kSignatures)
        if (text.size() > signature.offset &&
            text.substr(signature.offset).starts_with(signature.bytes))
            return signature.name;
    return {};
}

} // namespace gesture::audio

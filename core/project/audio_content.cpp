// SPDX-License-Identifier: Apache-2.0
#include "core/project/audio_content.h"

#include "core/audio/audio_file.h"
#include "core/base/atomic_file.h"
#include "core/base/sha256.h"

#include <fmt/format.h>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

namespace gesture::project {

namespace fs = std::filesystem;

namespace {

constexpr const char* kKind = "audio";

/// Whether the file has the size and content that the project refers to.
bool isThatSound(const fs::path& path, const AudioReference& audio) {
    std::error_code code;
    if (!fs::is_regular_file(path, code)) return false;
    if (static_cast<std::int64_t>(fs::file_size(path, code)) != audio.bytes || code) return false;
    const auto hash = sha256OfFile(path);
    return hash && *hash == audio.sha256;
}

Result<fs::path> fileOfContent(Project& project, const fs::path& cache) {
    const AudioReference& audio = project.state().audio;
    const fs::path path = cache / "audio" / (audio.sha256 + audio.path.extension().string());
    if (isThatSound(path, audio)) return path;
    std::error_code code;
    fs::create_directories(path.parent_path(), code);
    auto file = AtomicFile::create(path);
    if (!file) return std::move(file).error();
    const Status copied = project.blobs().visit(
        audio.embedded, kKind, [&](BlobStore::Chunk chunk) { return file->write(chunk); });
    if (!copied) return copied.error();
    if (Status done = file->commit(); !done) return std::move(done).error();
    return path;
}

} // namespace

Result<AudioReference> referTo(const fs::path& path) {
    auto reader = audio::AudioReader::open(path);
    if (!reader) return std::move(reader).error();
    auto hash = sha256OfFile(path);
    if (!hash) return std::move(hash).error();
    std::error_code code;
    AudioReference reference;
    reference.path = fs::absolute(path, code);
    reference.sha256 = std::move(*hash);
    reference.bytes = static_cast<std::int64_t>(fs::file_size(path, code));
    reference.sampleRate = reader->info().sampleRate;
    reference.channels = reader->info().channels;
    reference.sampleCount = reader->info().sampleCount;
    return reference;
}

Status collectAudio(Project& project, JobControl& control) {
    AudioReference audio = project.state().audio;
    if (audio.path.empty()) return Error{ErrorCode::Usage, "The project has no sound to collect."};
    if (!audio.embedded.empty()) return Status::success();
    if (!isThatSound(audio.path, audio))
        return Error{ErrorCode::NotFound,
                     fmt::format("'{}' is not there any more, or it is another sound now. Show "
                                 "where it is first.",
                                 audio.path.string())};
    std::ifstream stream(audio.path, std::ios::binary);
    control.beginStage("Collecting the sound", audio.bytes);
    auto content = project.blobs().put(
        kKind,
        [&](const BlobStore::Sink& sink) -> Status {
            std::vector<char> buffer(kChunkBytes);
            std::int64_t done = 0;
            while (stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) ||
                   stream.gcount() > 0) {
                const auto count = static_cast<std::size_t>(stream.gcount());
                if (Status put = sink(std::as_bytes(std::span(buffer).first(count))); !put)
                    return put;
                control.advanceTo(done += stream.gcount());
            }
            return Status::success();
        },
        control);
    if (!content) return std::move(content).error();
    const auto stored = project.blobs().info(*content);
    if (!stored || static_cast<std::int64_t>(stored->bytes) != audio.bytes)
        return Error{ErrorCode::Io, fmt::format("'{}' could not be read to its end; the project "
                                                "refers to it as before.",
                                                audio.path.string())};
    audio.embedded = std::move(*content);
    return project.perform(SetAudio{std::move(audio), SetAudio::Why::Collected});
}

Status relinkAudio(Project& project, const fs::path& path) {
    AudioReference audio = project.state().audio;
    if (audio.path.empty()) return Error{ErrorCode::Usage, "The project has no sound to look for."};
    std::error_code code;
    if (!fs::exists(path, code))
        return Error{ErrorCode::NotFound, fmt::format("There is no file '{}'.", path.string())};
    if (!isThatSound(path, audio))
        return Error{
            ErrorCode::InvalidInput,
            fmt::format("'{}' is another sound than '{}', whose takes would not fit to it. "
                        "Choose the same file, or open the new one as a project.",
                        path.string(), audio.path.filename().string())};
    audio.path = fs::absolute(path, code);
    return project.perform(SetAudio{std::move(audio), SetAudio::Why::Found});
}

Result<fs::path> audioFile(Project& project, const fs::path& cache) {
    const AudioReference& audio = project.state().audio;
    if (audio.path.empty()) return Error{ErrorCode::Usage, "The project has no sound."};
    std::error_code code;
    const fs::path beside =
        fs::absolute(project.path(), code).parent_path() / audio.path.filename();
    for (const fs::path& candidate : {audio.path, beside})
        if (isThatSound(candidate, audio)) return candidate;
    if (!audio.embedded.empty()) return fileOfContent(project, cache);
    return Error{ErrorCode::NotFound,
                 fmt::format("The project's sound '{}' is not there any more (nor beside the "
                             "project), or it is another one now. Show where it is: 'gesture "
                             "project relink'.",
                             audio.path.string())};
}

} // namespace gesture::project

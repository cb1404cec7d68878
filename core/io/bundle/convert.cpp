// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle/convert.h"

#include "core/base/atomic_file.h"
#include "core/io/bundle/identify.h"
#include "core/io/bundle/roles.h"
#include "core/io/motion_file.h"
#include "core/io/weights/convert_client.h"
#include "core/io/weights/safetensors.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gesture::io {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxFiles = 64;
constexpr std::int64_t kReleasedSpeaker = 1; ///< BEAT2's speaker 2, whom the released files know.

/// A folder that is removed unless it takes its final name.
class Staging {
public:
    static Result<Staging> create(const fs::path& target) {
        std::error_code code;
        if (fs::exists(target, code))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' exists already: name a new folder.", target.string())};
        const fs::path folder = target.string() + ".part";
        fs::remove_all(folder, code);
        fs::create_directories(folder, code);
        if (code)
            return Error{ErrorCode::Io,
                         fmt::format("'{}' cannot be made: {}.", folder.string(), code.message())};
        return Staging(folder);
    }
    Staging(Staging&& other) noexcept
        : folder_(std::exchange(other.folder_, {})) {}
    Staging& operator=(Staging&&) = delete;
    ~Staging() {
        std::error_code ignored;
        if (!folder_.empty()) fs::remove_all(folder_, ignored);
    }

    [[nodiscard]] const fs::path& folder() const { return folder_; }

    Status becomes(const fs::path& target) {
        std::error_code code;
        fs::rename(folder_, target, code);
        if (code)
            return Error{ErrorCode::Io,
                         fmt::format("'{}' cannot be made: {}.", target.string(), code.message())};
        folder_.clear();
        return Status::success();
    }

private:
    explicit Staging(fs::path folder)
        : folder_(std::move(folder)) {}
    fs::path folder_;
};

Result<std::vector<fs::path>> expand(const std::vector<fs::path>& paths) {
    std::vector<fs::path> files;
    for (const fs::path& path : paths) {
        std::error_code code;
        if (!fs::is_directory(path, code)) {
            files.push_back(path);
            continue;
        }
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path, code))
            if (entry.is_regular_file(code)) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    files.erase(std::unique(files.begin(), files.end()), files.end());
    if (files.size() > kMaxFiles)
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("There are {} files; a bundle is made of at most {}: name the "
                                 "checkpoints one by one.",
                                 files.size(), kMaxFiles)};
    return files;
}

/// Collects what the files are, in the staging folder and in the manifest.
class Assembly {
public:
    Assembly(fs::path folder, JobControl& control)
        : folder_(std::move(folder))
        , control_(control) {}

    Status add(const fs::path& source) {
        const std::string extension = source.extension().string();
        if (extension == ".pkl") return addVocabulary(source);
        if (extension == ".txt") return addTable(source, "merges", "merges.txt");
        if (extension == ".npz") return addMotion(source);
        if (extension == ".safetensors" || extension == ".bin" || extension == ".pt" ||
            extension == ".pth")
            return addWeights(source);
        files_.push_back({source, {}, "not a kind of file that a bundle holds"});
        return Status::success();
    }

    Status finish(const ReleasedFiles& asked, BundleManifest& out) {
        auto architecture = chooseArchitecture(asked.architecture);
        if (!architecture) return std::move(architecture).error();
        BundleManifest manifest;
        manifest.architecture = *architecture;
        dropOthers(*architecture);
        manifest.networks = networks_;
        manifest.tables = tables_;
        manifest.name = asked.name.empty() ? std::string(titleOf(*architecture)) : asked.name;
        manifest.licence = asked.licence;
        manifest.source = asked.source;
        manifest.maker = "gesture-studio " GESTURE_VERSION;
        setSpeakers(manifest);
        setParity(manifest);
        if (auto complete = reportMissing(manifest); !complete) return complete;
        out = std::move(manifest);
        return Status::success();
    }

    [[nodiscard]] std::vector<ConvertedBundle::File> takeFiles() { return std::move(files_); }

private:
    Status take(std::string role, const fs::path& source, std::string note) {
        for (const auto& file : files_)
            if (file.role == role)
                return Error{ErrorCode::InvalidInput,
                             fmt::format("'{}' and '{}' are both {}: leave one out.",
                                         file.source.string(), source.string(), role)};
        files_.push_back({source, std::move(role), std::move(note)});
        return Status::success();
    }

    Status addTable(const fs::path& source, const std::string& role, const std::string& name) {
        std::error_code code;
        if (fs::file_size(source, code) > (std::uintmax_t{64} << 20) || code)
            return Error{
                ErrorCode::LimitExceeded,
                fmt::format("'{}' is not readable or larger than 64 MiB.", source.string())};
        fs::copy_file(source, folder_ / name, code);
        if (code)
            return Error{ErrorCode::Io, fmt::format("'{}' cannot be copied: {}.", source.string(),
                                                    code.message())};
        tables_[role] = name;
        return take(role, source, "copied");
    }

    Status addVocabulary(const fs::path& source) {
        const auto report = convertVocabulary(source, folder_ / "vocabulary.json", {}, control_);
        if (!report) return report.error();
        tables_["vocabulary"] = "vocabulary.json";
        return take("vocabulary", source, fmt::format("{} words", report->count));
    }

    Status addMotion(const fs::path& source) {
        const auto clip = readMotionFile(source);
        if (!clip) return clip.error();
        if (auto written = writeMotionFile(folder_ / "start_pose.npz", *clip); !written)
            return written;
        tables_["start_pose"] = "start_pose.npz";
        return take("start_pose", source, "its first 4 frames");
    }

    Status addWeights(const fs::path& source) {
        const fs::path part = folder_ / "converting.safetensors";
        if (auto converted = toSafetensors(source, part); !converted) return converted;
        auto reader = SafetensorsReader::open(part);
        if (!reader) return std::move(reader).error();
        const auto identity = identifyWeights(reader->tensors());
        if (!identity) {
            files_.push_back({source, {}, "its tensors are of no network that this program knows"});
            std::error_code ignored;
            fs::remove(part, ignored);
            return Status::success();
        }
        const std::string name = identity->role + ".safetensors";
        if (auto taken = take(identity->role, source, identity->kind); !taken) return taken;
        std::error_code code;
        fs::rename(part, folder_ / name, code);
        if (code) return Error{ErrorCode::Io, fmt::format("'{}': {}.", name, code.message())};
        networks_[identity->role] = {identity->kind, name, identity->sizes};
        return Status::success();
    }

    Status toSafetensors(const fs::path& source, const fs::path& target) {
        if (source.extension() != ".safetensors") {
            const auto report = convertWeights(source, target, {}, control_);
            return report ? Status::success() : Status(report.error());
        }
        std::error_code code;
        fs::copy_file(source, target, fs::copy_options::overwrite_existing, code);
        if (code)
            return Error{ErrorCode::Io, fmt::format("'{}' cannot be copied: {}.", source.string(),
                                                    code.message())};
        return Status::success();
    }

    [[nodiscard]] std::vector<Architecture> possible() const {
        std::vector<Architecture> found;
        const auto generator = networks_.find("generator");
        if (networks_.contains("base") || networks_.contains("sparse"))
            found.push_back(Architecture::SemTalk);
        if (generator != networks_.end())
            found.push_back(generator->second.kind == "emage" ? Architecture::Emage
                                                              : Architecture::EchoMask);
        return found;
    }

    Result<Architecture> chooseArchitecture(std::optional<Architecture> asked) const {
        const std::vector<Architecture> found = possible();
        if (asked) return *asked;
        if (found.size() == 1) return found.front();
        if (found.empty())
            return Error{ErrorCode::InvalidInput,
                         "None of the files is a generator of SemTalk, EchoMask or EMAGE: name "
                         "the checkpoint, for example best_semtalk_base.bin."};
        return Error{ErrorCode::InvalidInput,
                     "The files hold both SemTalk and another generator: say which one is meant "
                     "with --architecture, or name only its files."};
    }

    /// Generators of another architecture than the chosen one stay outside.
    void dropOthers(Architecture architecture) {
        const std::set<std::string> others = architecture == Architecture::SemTalk
                                                 ? std::set<std::string>{"generator", "projection"}
                                                 : std::set<std::string>{"base", "sparse"};
        for (const std::string& role : others) {
            const auto found = networks_.find(role);
            if (found == networks_.end()) continue;
            std::error_code ignored;
            fs::remove(folder_ / found->second.file, ignored);
            networks_.erase(found);
            for (auto& file : files_)
                if (file.role == role) {
                    file.role.clear();
                    file.note = "belongs to another system";
                }
        }
    }

    void setSpeakers(BundleManifest& manifest) const {
        for (const char* role : {"generator", "base"}) {
            const auto network = networks_.find(role);
            if (network == networks_.end()) continue;
            const auto count = network->second.sizes.find("speakers");
            if (count != network->second.sizes.end()) manifest.speakerCount = count->second.front();
        }
        manifest.defaultSpeaker = manifest.speakerCount > kReleasedSpeaker ? kReleasedSpeaker : 0;
    }

    static void setParity(BundleManifest& manifest) {
        if (manifest.architecture == Architecture::Emage) return;
        const auto encoder = manifest.networks.find("speech_encoder");
        if (encoder == manifest.networks.end() || encoder->second.kind != "hubert") return;
        manifest.speechPath = audio::SpeechPath::Reference;
        manifest.seeds = SeedRule::Reference;
        manifest.tail = TailRule::Drop;
    }

    static Status reportMissing(const BundleManifest& manifest) {
        std::vector<std::string_view> missing;
        for (const std::string_view role : requiredRoles(manifest.architecture))
            if (!manifest.networks.contains(role)) missing.push_back(role);
        if (missing.empty()) return checkRoles(manifest);
        return Error{ErrorCode::InvalidInput,
                     fmt::format("For {} these are missing: {}. Name their files, too.",
                                 titleOf(manifest.architecture), fmt::join(missing, ", "))};
    }

    fs::path folder_;
    JobControl& control_;
    std::map<std::string, NetworkEntry, std::less<>> networks_;
    std::map<std::string, std::string, std::less<>> tables_;
    std::vector<ConvertedBundle::File> files_;
};

} // namespace

Result<ConvertedBundle> convertReleased(const ReleasedFiles& asked, const fs::path& folder,
                                        JobControl& control) {
    auto sources = expand(asked.paths);
    if (!sources) return std::move(sources).error();
    auto staging = Staging::create(folder);
    if (!staging) return std::move(staging).error();
    Assembly assembly(staging->folder(), control);
    control.beginStage("Converting", static_cast<std::int64_t>(sources->size()));
    for (std::size_t i = 0; i < sources->size(); ++i) {
        if (control.stopRequested()) return JobControl::cancelled("Converting weights");
        if (auto added = assembly.add((*sources)[i]); !added) return std::move(added).error();
        control.advanceTo(static_cast<std::int64_t>(i) + 1);
    }
    BundleManifest manifest;
    if (auto complete = assembly.finish(asked, manifest); !complete)
        return std::move(complete).error();
    if (auto written =
            writeTextAtomically(staging->folder() / kManifestFile, formatBundleManifest(manifest));
        !written)
        return std::move(written).error();
    auto bundle = packBundle(staging->folder(), control);
    if (!bundle) return std::move(bundle).error();
    if (auto named = staging->becomes(folder); !named) return std::move(named).error();
    bundle->folder = folder;
    return ConvertedBundle{std::move(*bundle), assembly.takeFiles()};
}

} // namespace gesture::io

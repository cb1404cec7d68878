// SPDX-License-Identifier: Apache-2.0
#include "app/cli/doctor_checks.h"

#include "app/stage/avatar_choice.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "core/inference/engine_capabilities.h"
#include "core/io/bundle/bundle.h"
#include "core/io/motion_file.h"
#include "core/speech/speech_model_files.h"
#include "render/headless_context.h"

#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

namespace gesture::app {

namespace {

namespace fs = std::filesystem;

double gibibytes(std::uint64_t bytes) { return static_cast<double>(bytes) / (1ULL << 30); }

DoctorCheck checkOpenGl() {
    const auto context = render::HeadlessContext::create();
    if (!context)
        return {"OpenGL", PartState::Missing, context.error().message(),
                "Install the packages libegl1 and libgl1-mesa-dri, or the graphics card's driver."};
    if ((*context)->isSoftware())
        return {"OpenGL", PartState::Ok,
                fmt::format("{} (computed on the processor)", (*context)->description()), ""};
    return {"OpenGL", PartState::Ok, (*context)->description(), ""};
}

DoctorCheck checkFfmpeg() {
    const std::string advice = "Install the package ffmpeg; it writes MP4 and WebM.";
    const auto program = findProgram("ffmpeg");
    if (!program) return {"ffmpeg", PartState::Optional, "Not installed.", advice};
    const auto output = runProgram({*program, {"-version"}}, std::chrono::seconds(20));
    if (!output || output->exitStatus != 0)
        return {"ffmpeg", PartState::Optional, fmt::format("'{}' does not run.", program->string()),
                advice};
    return {"ffmpeg", PartState::Ok, output->text.substr(0, output->text.find(" Copyright")), ""};
}

/// The engine, and what it says of graphics cards: two lines from one question.
void checkEngine(std::vector<DoctorCheck>& checks) {
    const auto engine = inference::queryEngineCapabilities();
    if (!engine) {
        checks.push_back({"engine", PartState::Optional, engine.error().message(),
                          "Run packaging/setup and packaging/build: they fetch libtorch and build "
                          "gesture-engine. Playing, looking and exporting work without it."});
        checks.push_back({"GPU", PartState::Optional, "Not known without the engine.",
                          "See the line 'engine'."});
        return;
    }
    checks.push_back({"engine", PartState::Ok,
                      fmt::format("libtorch {}, {} threads, {}", engine->torchVersion,
                                  engine->threads, engine->cpuCapability),
                      ""});
    std::string names;
    for (const auto& device : engine->devices) {
        if (device.id.rfind("cuda", 0) != 0) continue;
        names +=
            fmt::format("{}{}: {}, {:.1f} of {:.1f} GB free", names.empty() ? "" : "; ", device.id,
                        device.name, gibibytes(device.freeBytes), gibibytes(device.totalBytes));
        if (!device.works) names += fmt::format(" ({})", device.reason);
    }
    if (!names.empty())
        checks.push_back({"GPU", PartState::Ok, names, ""});
    else
        checks.push_back({"GPU", PartState::Optional,
                          engine->cudaReason.empty() ? "None found." : engine->cudaReason,
                          "An NVIDIA GPU makes generation and training faster; everything works on "
                          "the processor too."});
}

DoctorCheck checkAvatar() {
    const auto avatar = loadAvatar({});
    if (!avatar)
        return {"avatar", PartState::Missing, avatar.error().message(),
                "Install the program again, or set GESTURE_RESOURCES to its resources folder."};
    std::string text =
        fmt::format("{}: {} vertices, {} expressions", shippedAvatarPath().filename().string(),
                    avatar->body->vertexCount(), avatar->body->expressionCount());
    const auto own = userAvatarPaths();
    if (!own.empty()) text += fmt::format("; {} of your own", own.size());
    return {"avatar", PartState::Ok, text, ""};
}

DoctorCheck checkDemo() {
    const fs::path path = resourceDirectory() / "demo" / "greeting.npz";
    const auto clip = io::readMotionFile(path);
    if (!clip)
        return {"demo", PartState::Optional, clip.error().message(), "Install the program again."};
    return {"demo", PartState::Ok,
            fmt::format("{} ({:.1f} s)", path.string(), clip->duration().value), ""};
}

DoctorCheck checkBundles() {
    std::string names;
    std::string broken;
    for (const fs::path& folder : io::installedBundles()) {
        const auto bundle = io::openBundle(folder);
        if (!bundle)
            broken = bundle.error().message();
        else
            names += (names.empty() ? "" : ", ") +
                     fmt::format("{} ({})", folder.filename().string(),
                                 io::titleOf(bundle->manifest.architecture));
    }
    if (!broken.empty())
        return {"bundles", PartState::Optional, broken, "Copy or convert that bundle again."};
    if (names.empty())
        return {"bundles", PartState::Optional,
                "No bundle is installed: no motion can be generated.",
                fmt::format("gesture weights convert FILES -o '{}' makes one of released "
                            "checkpoints.",
                            (userDataDirectory() / "bundles" / "NAME").string())};
    return {"bundles", PartState::Ok, names, ""};
}

DoctorCheck checkSpeechModel() {
    const auto model = speech::findSpeechModel();
    if (!model)
        return {"speech model", PartState::Optional, model.error().message(),
                "Install the package pocketsphinx-en-us; it finds the words in a sound."};
    return {"speech model", PartState::Ok, model->acoustic.parent_path().string(), ""};
}

DoctorCheck checkFolder(const std::string& name, const fs::path& folder) {
    // The folder is made when it is first needed; until then its nearest parent decides.
    fs::path existing = folder;
    std::error_code ignored;
    while (!fs::exists(existing, ignored) && existing.has_relative_path())
        existing = existing.parent_path();
    if (fs::is_directory(existing, ignored) && ::access(existing.c_str(), W_OK | X_OK) == 0)
        return {name, PartState::Ok, folder.string(), ""};
    return {name, PartState::Missing, fmt::format("'{}' cannot be written to.", folder.string()),
            name == "data folder" ? "Set GESTURE_DATA to a folder that you may write to."
                                  : "Set XDG_CACHE_HOME to a folder that you may write to."};
}

} // namespace

std::vector<DoctorCheck> examineMachine() {
    std::vector<DoctorCheck> checks{checkOpenGl(), checkFfmpeg()};
    checkEngine(checks);
    checks.push_back(checkAvatar());
    checks.push_back(checkBundles());
    checks.push_back(checkDemo());
    checks.push_back(checkSpeechModel());
    checks.push_back(checkFolder("data folder", userDataDirectory()));
    checks.push_back(checkFolder("cache folder", userCacheDirectory()));
    return checks;
}

} // namespace gesture::app

// SPDX-License-Identifier: Apache-2.0
#include "tests/core/project/example_project.h"

#include "core/base/sha256.h"
#include "core/project/state_rows.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

namespace gesture::test {

using namespace project;
using motion::BodyPart;

ContentHash hashFor(const std::string& text) { return sha256Of(text); }

Take exampleTake(const std::string& name) {
    Take take;
    take.name = name;
    take.motion = hashFor(name);
    take.frames = kExampleFrames;
    take.recipe.bundle = "demo";
    take.recipe.options.seed = name.size();
    take.provenance = R"({"made":"generate"})";
    take.created = 1'700'000'000;
    return take;
}

audio::Transcript exampleTranscript(int words) {
    audio::Transcript transcript;
    for (int i = 0; i < words; ++i)
        transcript.words.push_back({fmt::format("word{}", i), {0.5 * i}, {0.5 * i + 0.4}, {}});
    transcript.duration = {0.5 * words};
    transcript.language = "en";
    return transcript;
}

ProjectState exampleState() {
    ProjectState state;
    state.name = "Example";
    state.notes = "Line one\nline \"two\"";
    state.audio = {"/tmp/speech.wav", hashFor("audio"),   1234, 16000, 1,
                   160'000,           hashFor("embedded")};
    audio::Transcript transcript = exampleTranscript(600);
    transcript.words[3].confidence = 0.75F;
    transcript.phones = {{"AH", {0.0}, {0.1}, {}}};
    state.transcript = transcript;
    state.wordsSource = "recognised";
    Take take = exampleTake("1");
    take.id = {1};
    take.edited = {{{{10}, {20}}, {{true, false, true, false}}}};
    take.parent = {2};
    Take second = exampleTake("2");
    second.id = {2};
    second.starred = second.frozen = true;
    state.takes = {take, second};
    state.choice = {{2}, {1}};
    state.composition[BodyPart::Hands] = {{{{0}, {50}}, {1}}};
    inference::EditMask mask(kExampleFrames);
    mask.paint({{40}, {60}}, {{false, true, true, false}});
    state.mask = mask;
    state.maskOptions = {true, 4, false, MaskTokens::Keep};
    state.presets = {{"Big words", "hands@words:big"}};
    state.markers = {{{3}, {17}, "here"}};
    state.segments = {{{4}, {{5}, {50}}, "line 1"}};
    inference::PinnedPose pin;
    pin.frame = {30};
    pin.joints = {20, 21};
    pin.pose.assign(motion::kPoseSize, 0.125F);
    state.pins = {pin};
    state.thresholds.semantic = 0.625;
    state.partWeights[BodyPart::Hands] = 2.0;
    state.root = inference::RootMotion::InPlace;
    state.tuning.parts[BodyPart::Upper] = {{{{10}, 1.5}}, {{{20}, -0.25}}, 0.5};
    state.tuning.face["brows"] = 1.25;
    state.gates = {{{{{8}, {16}}, Gate::Sparse}}, 0.75};
    state.generate.takes = 3;
    state.generate.bundle = "demo";
    state.analyses[{1}] = {hashFor("analysis"), take.motion, "demo", "abc"};
    state.view.playhead = {1.5};
    state.view.range = FrameRange{{3}, {9}};
    state.nextId = 5;
    return state;
}

std::string hashOfState(const Project& project) { return hashOf(project.state()).value(); }

namespace {

sqlite3* openRaw(const std::filesystem::path& path) {
    sqlite3* handle = nullptr;
    if (sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
        ADD_FAILURE() << "cannot open " << path;
    return handle;
}

} // namespace

void runSql(const std::filesystem::path& path, const std::string& sql) {
    sqlite3* handle = openRaw(path);
    char* error = nullptr;
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &error) != SQLITE_OK)
        ADD_FAILURE() << sql << ": " << error;
    sqlite3_free(error);
    sqlite3_close(handle);
}

std::string askSql(const std::filesystem::path& path, const std::string& sql) {
    sqlite3* handle = openRaw(path);
    std::string answer;
    sqlite3_exec(
        handle, sql.c_str(),
        [](void* out, int, char** values, char**) {
            *static_cast<std::string*>(out) = values[0] != nullptr ? values[0] : "";
            return 1;
        },
        &answer, nullptr);
    sqlite3_close(handle);
    return answer;
}

} // namespace gesture::test

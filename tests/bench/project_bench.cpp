// SPDX-License-Identifier: Apache-2.0
// How long what people do to a project takes: commands, drags, undo; the size of an hour of motion
// and how long it takes to store, open and read it. Figures, no judgement: docs/performance.md.

#include "core/project/motion_blob.h"
#include "core/project/project.h"
#include "tests/support/synthetic_clip.h"
#include "tests/support/temporary_folder.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

using namespace gesture;
using namespace gesture::project;

namespace {

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

template <typename Work>
double timeOf(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return secondsSince(start);
}

void mustDo(const Status& status) {
    if (!status.ok()) {
        std::fprintf(stderr, "%s\n", status.error().message().c_str());
        std::exit(1);
    }
}

constexpr std::int64_t kHour = 108'000; ///< Frames.

void commands(Project& project) {
    constexpr int kCount = 2000;
    const auto paint = [&](int i, Gesture gesture) {
        mustDo(project.perform(
            PaintMask{{{i * 50}, {i * 50 + 40}}, {{false, true, true, false}}, {}, kHour},
            gesture));
    };
    const double synced = timeOf([&] {
        for (int i = 0; i < kCount; ++i)
            paint(i, {});
    });
    std::printf("commands, each synced        %8.0f /s\n", kCount / synced);
    const Gesture gesture = project.newGesture();
    const double dragged = timeOf([&] {
        for (int i = 0; i < kCount; ++i)
            paint(i, gesture);
        mustDo(project.endGesture());
    });
    std::printf("steps of a drag              %8.0f /s\n", kCount / dragged);
    int undone = 0;
    const double undo = timeOf([&] {
        for (; project.undoEntry(); ++undone)
            mustDo(project.undo());
    });
    std::printf("undo                         %8.0f /s\n", undone / undo);
}

} // namespace

int main() {
    const test::TemporaryFolder folder;
    const auto path = folder / "bench.gesture";
    JobControl control;
    ProjectState state;
    audio::Transcript transcript;
    for (int i = 0; i < 9000; ++i)
        transcript.words.push_back({"word" + std::to_string(i), {0.4 * i}, {0.4 * i + 0.3}, {}});
    state.transcript = transcript;
    {
        Project project = Project::create(path, state).value();
        commands(project);
        const auto clip = std::make_shared<const motion::Clip>(test::syntheticClip(kHour));
        Take take;
        take.frames = kHour;
        const double store = timeOf([&] {
            take.motion = putMotion(project.blobs(), {clip, {}}, control).value();
        });
        mustDo(project.perform(AddTakes{{take}}));
        std::printf("an hour of motion stored in  %8.2f s\n", store);
        mustDo(project.close());
    }
    std::printf("file with an hour of motion  %8.1f MB\n",
                static_cast<double>(std::filesystem::file_size(path)) / 1e6);
    std::optional<Project> project;
    const double open = timeOf([&] { project.emplace(Project::open(path).value()); });
    std::printf("opened in                    %8.4f s\n", open);
    const double read = timeOf([&] {
        if (!readMotion(project->blobs(), project->state().takes[0].motion)) std::exit(1);
    });
    std::printf("its motion read in           %8.2f s\n", read);
    const double copy =
        timeOf([&] { mustDo(project->saveCopy(folder / "copy.gesture", control)); });
    std::printf("copied in                    %8.2f s\n", copy);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Time of one picture of the viewer: pose, skinning, shadows, drawing, reading back. Run by hand on
// an idle machine; budget: 33 ms (95 % of pictures) at 1280 x 720 with 4 samples in software.

#include "render/headless_context.h"
#include "render/scene_renderer.h"
#include "tests/support/capsule_figure.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>

namespace gesture::render {
namespace {

/// The capsule figure three times over, near the built-in avatar's 23,000.
AvatarMesh denseMesh() {
    AvatarMesh mesh = test::makeCapsuleFigure().mesh;
    const AvatarMesh once = mesh;
    constexpr int kCopies = 3; // laid over each other, a hair smaller: same pixels, thrice the work
    for (int copy = 1; copy < kCopies; ++copy) {
        const auto first = static_cast<std::uint32_t>(mesh.positions.size());
        mesh.positions.insert(mesh.positions.end(), once.positions.begin(), once.positions.end());
        mesh.influences.insert(mesh.influences.end(), once.influences.begin(),
                               once.influences.end());
        mesh.tints.insert(mesh.tints.end(), once.tints.begin(), once.tints.end());
        mesh.partIds.insert(mesh.partIds.end(), once.partIds.begin(), once.partIds.end());
        for (const auto& face : once.faces)
            mesh.faces.push_back({face[0] + first, face[1] + first, face[2] + first});
    }
    mesh.blendStart.clear();
    mesh.blendEntries.clear();
    mesh.shapeCount = 0;
    return mesh;
}

void drawFrames(benchmark::State& state, int width, int height, RenderQuality quality) {
    auto context = HeadlessContext::create();
    if (!context) return state.SkipWithError(context.error().message().c_str());
    auto scene = SceneRenderer::create();
    if (!scene) return state.SkipWithError(scene.error().message().c_str());
    const auto figure = test::makeCapsuleFigure();
    if (!(*scene)->setMesh(denseMesh())) return state.SkipWithError("mesh");
    SceneStyle style;
    style.quality = quality;
    (*scene)->setStyle(style);
    AvatarPose pose = test::relaxedPose(figure);
    pose.blendWeights.clear();
    CameraSubject subject;
    subject.bounds = (*scene)->bounds();
    const Camera camera = presetCamera(CameraPreset::Front, subject, {width, height, 46});
    Image image;
    for (int i = 0; i < 10; ++i) // the first ones compile shaders
        if (!(*scene)->renderTo(image, camera, width, height)) return state.SkipWithError("draw");
    std::vector<double> milliseconds;
    for ([[maybe_unused]] auto turn : state) {
        const auto start = std::chrono::steady_clock::now();
        if (!(*scene)->setPose(pose) || !(*scene)->renderTo(image, camera, width, height))
            return state.SkipWithError("draw");
        const std::chrono::duration<double, std::milli> taken =
            std::chrono::steady_clock::now() - start;
        milliseconds.push_back(taken.count());
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    state.counters["p95_ms"] = milliseconds[milliseconds.size() * 95 / 100];
    state.SetLabel((*context)->description());
}

void BM_Interactive720p(benchmark::State& state) {
    drawFrames(state, 1280, 720, RenderQuality::Interactive);
}
BENCHMARK(BM_Interactive720p)->Unit(benchmark::kMillisecond)->MinTime(4.0)->UseRealTime();

void BM_Interactive1080p(benchmark::State& state) {
    drawFrames(state, 1920, 1080, RenderQuality::Interactive);
}
BENCHMARK(BM_Interactive1080p)->MinTime(4.0)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_High1080p(benchmark::State& state) { drawFrames(state, 1920, 1080, RenderQuality::High); }
BENCHMARK(BM_High1080p)->MinTime(4.0)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace
} // namespace gesture::render

BENCHMARK_MAIN();

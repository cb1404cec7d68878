// SPDX-License-Identifier: Apache-2.0
// Body model of SMPL-X's size (10,475 vertices, 300 shapes, 100 expressions, 486 correctives)
// against the floor of the same run: the matrix product of the directions alone. Use
// compare_smplx.py for the comparison with the Python package.
//
//     body_model_bench                 Google Benchmark's table
//     body_model_bench --serve FILE    for compare_smplx.py: reads "FRAMES THREADS", writes seconds
#include "core/motion/body_model.h"
#include "core/motion/skinning_tables.h"
#include "tests/support/synthetic_body.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>

namespace {

using namespace gesture;

constexpr int kExpressions = 100;

/// A shaped body and `frames` random poses; made once, used by all benchmarks.
class Scene {
public:
    explicit Scene(std::size_t frames)
        : axisAngles_(frames * motion::kPoseSize)
        , translations_(frames * 3)
        , expressions_(frames * kExpressions) {
        fill(axisAngles_, 13);
        fill(translations_, 14);
        fill(expressions_, 12);
        for (std::size_t f = 0; f < frames; ++f) {
            poses_.push_back(
                {std::span<const float, motion::kPoseSize>(&axisAngles_[f * motion::kPoseSize],
                                                           motion::kPoseSize),
                 std::span<const float, 3>(&translations_[3 * f], 3),
                 std::span<const float>(&expressions_[f * kExpressions], kExpressions)});
        }
    }

    [[nodiscard]] static const motion::ShapedBody& body() {
        static const auto shaped = [] {
            std::vector<float> betas(300);
            for (std::size_t i = 0; i < betas.size(); ++i) {
                betas[i] = 0.2F * test::counterUniform(11, i);
            }
            return motion::BodyModel::create(test::syntheticBody({})).value()->shaped(betas);
        }();
        return *shaped;
    }
    [[nodiscard]] std::span<const motion::BodyPose> poses() const { return poses_; }

private:
    static void fill(std::vector<float>& values, std::uint64_t stream) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = 0.2F * test::counterUniform(stream, i);
        }
    }

    std::vector<float> axisAngles_;
    std::vector<float> translations_;
    std::vector<float> expressions_;
    std::vector<motion::BodyPose> poses_;
};

void poseOnce(benchmark::State& state) {
    const Scene scene(1);
    motion::PosedBody posed;
    for (auto step : state) {
        Scene::body().pose(scene.poses().front(), posed, static_cast<int>(state.range(0)));
        benchmark::DoNotOptimize(posed.vertices.data());
    }
}
BENCHMARK(poseOnce)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void poseJoints(benchmark::State& state) {
    const Scene scene(1);
    motion::PosedBody posed;
    for (auto step : state) {
        Scene::body().poseJoints(scene.poses().front(), posed);
        benchmark::DoNotOptimize(posed.joints.data());
    }
}
BENCHMARK(poseJoints)->Unit(benchmark::kMicrosecond);

void poseMany(benchmark::State& state) {
    const auto frames = static_cast<std::size_t>(state.range(0));
    const Scene scene(frames);
    std::vector<float> vertices(frames * 3U *
                                static_cast<std::size_t>(Scene::body().model().vertexCount()));
    std::vector<float> joints(frames * motion::kPoseSize);
    for (auto step : state) {
        Scene::body().poseMany(scene.poses(), vertices, joints, static_cast<int>(state.range(1)));
        benchmark::DoNotOptimize(vertices.data());
    }
    state.counters["ms_per_frame"] = benchmark::Counter(
        1e-3 * static_cast<double>(frames),
        benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(poseMany)
    ->ArgNames({"frames", "threads"})
    ->Args({64, 1})
    ->Args({64, 2})
    ->Args({300, 1})
    ->Args({300, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

/// The floor of one frame: every direction read and multiplied once.
void floorMatrixVector(benchmark::State& state) {
    const motion::RowMatrix& directions = Scene::body().model().data().poseDirections;
    const Eigen::VectorXf feature = Eigen::VectorXf::Constant(directions.cols(), 0.1F);
    Eigen::VectorXf displaced(directions.rows());
    for (auto step : state) {
        displaced.noalias() = directions * feature;
        benchmark::DoNotOptimize(displaced.data());
    }
}
BENCHMARK(floorMatrixVector)->Unit(benchmark::kMillisecond);

struct Request {
    std::size_t frames = 1;
    int threads = 1;
};

double secondsFor(const Request& request, const Scene& scene, std::vector<float>& vertices,
                  std::vector<float>& joints, motion::PosedBody& posed) {
    const auto start = std::chrono::steady_clock::now();
    if (request.frames == 1) {
        Scene::body().pose(scene.poses().front(), posed, request.threads);
    } else {
        Scene::body().poseMany(scene.poses(), vertices, joints, request.threads);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Times one forward per line read; after the first of each size, writes the vertices to `dump`.
void serve(const std::string& dump) {
    std::map<std::size_t, Scene> scenes;
    motion::PosedBody posed;
    Request request;
    std::map<std::size_t, std::vector<float>> outputs;
    while (std::cin >> request.frames >> request.threads) {
        const bool first = !scenes.contains(request.frames);
        const Scene& scene = scenes.try_emplace(request.frames, request.frames).first->second;
        std::vector<float>& vertices = outputs[request.frames];
        std::vector<float> joints(request.frames * motion::kPoseSize);
        vertices.resize(request.frames * 3U *
                        static_cast<std::size_t>(Scene::body().model().vertexCount()));
        const double seconds = secondsFor(request, scene, vertices, joints, posed);
        if (first) {
            const float* const made = request.frames == 1 ? posed.vertices.data() : vertices.data();
            std::ofstream(dump, std::ios::binary)
                .write(reinterpret_cast<const char*>(made),
                       static_cast<std::streamsize>(vertices.size() * sizeof(float)));
        }
        std::cout << seconds << std::endl;
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], "--serve") == 0) {
        serve(argv[2]);
        return 0;
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

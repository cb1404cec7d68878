// SPDX-License-Identifier: Apache-2.0
#include "core/motion/skinning_kernel.h"

#include "core/motion/skinning_tables.h"
#include "tests/support/synthetic_body.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

namespace gesture::motion {
namespace {

using test::counterUniform;

// Order of sums and fused multiply-adds over 27 features.
constexpr float kTolerance = 2e-6F;

/// A job over a small body with random weights and transforms; owns its arrays.
struct RandomJob {
    BodyModelData data = test::syntheticBody({.vertices = 157,
                                              .shapes = 1,
                                              .expressions = 20,
                                              .correctives = {0, 3, 9, 10, 77, 485, 2}});
    SkinningTables tables = makeSkinningTables(data);
    std::vector<Panel> rest = packPoints(data.templateVertices);
    std::vector<std::int32_t> active = {0, 1, 2, 5, 19, 20, 23, 26};
    std::vector<float> weights;
    std::vector<JointColumns> transforms;
    std::vector<float> translations;
    std::vector<float> vertices;
    SkinningJob job{};

    explicit RandomJob(std::size_t frames) {
        const std::size_t group = frames == 1 ? 1 : kFrameGroup;
        const std::size_t groups = (frames + group - 1) / group;
        for (std::size_t i = 0; i < groups * active.size() * group; ++i) {
            weights.push_back(counterUniform(30, i));
        }
        transforms.resize(frames * kJointCount);
        for (std::size_t i = 0; i < 16 * transforms.size(); ++i) {
            transforms[i / 16].values[i % 16] = counterUniform(31, i);
        }
        for (std::size_t i = 0; i < 3 * frames; ++i) {
            translations.push_back(counterUniform(32, i));
        }
        vertices.resize(frames * 157U * 3U);
        job = {.rest = rest.data(),
               .directions = tables.directions.data(),
               .features = tables.features,
               .active = active.data(),
               .activeCount = active.size(),
               .featureWeights = weights.data(),
               .frames = frames,
               .transforms = transforms.data(),
               .translations = translations.data(),
               .influenceStart = tables.influenceStart.data(),
               .influenceJoints = tables.influenceJoints.data(),
               .influenceWeights = tables.influenceWeights.data(),
               .vertexCount = 157,
               .vertices = vertices.data()};
    }

    [[nodiscard]] float weight(std::size_t frame, std::size_t k) const {
        if (job.frames == 1) return weights[k];
        return weights[frame / kFrameGroup * active.size() * kFrameGroup + k * kFrameGroup +
                       frame % kFrameGroup];
    }

    [[nodiscard]] Eigen::Vector3f plainVertex(std::size_t frame, Eigen::Index vertex) const {
        Eigen::Vector3f point = data.templateVertices.row(vertex).transpose();
        for (std::size_t k = 0; k < active.size(); ++k) {
            const bool expression = active[k] < 20;
            const RowMatrix& directions =
                expression ? data.expressionDirections : data.poseDirections;
            point += weight(frame, k) *
                     directions.block<3, 1>(3 * vertex, active[k] - (expression ? 0 : 20));
        }
        Eigen::Vector3f sum(translations[3 * frame], translations[3 * frame + 1],
                            translations[3 * frame + 2]);
        for (std::size_t j = 0; j < kJointCount; ++j) {
            const Eigen::Map<const Eigen::Matrix4f> transform(
                transforms[frame * kJointCount + j].values);
            sum += data.weights(vertex, static_cast<Eigen::Index>(j)) *
                   (transform * point.homogeneous()).head<3>();
        }
        return sum;
    }
};

TEST(SkinningKernel, EveryKernelAgreesWithThePlainFormulas) {
    std::size_t count = 0;
    const SkinningKernel* const kernels = skinningKernels(count);
    ASSERT_GE(count, 1U);
    for (std::size_t k = 0; k < count; ++k) {
        for (const std::size_t frames : {1U, 2U, 7U, 8U, 9U, 24U}) {
            RandomJob random(frames);
            kernels[k].run(random.job, 0, random.rest.size());
            for (std::size_t i = 0; i < frames * 157; ++i) {
                const auto vertex = static_cast<Eigen::Index>(i % 157);
                const Eigen::Map<const Eigen::Vector3f> actual(&random.vertices[3 * i]);
                ASSERT_LE((actual - random.plainVertex(i / 157, vertex)).norm(), kTolerance)
                    << kernels[k].name << ", frame " << i / 157 << " of " << frames << ", vertex "
                    << vertex;
            }
        }
    }
}

TEST(SkinningKernel, PanelsCanBeDoneOneByOne) {
    std::size_t count = 0;
    const SkinningKernel* const kernels = skinningKernels(count);
    for (std::size_t k = 0; k < count; ++k) {
        RandomJob whole(9);
        kernels[k].run(whole.job, 0, whole.rest.size());
        RandomJob parts(9);
        for (std::size_t panel = parts.rest.size(); panel > 0; --panel) {
            kernels[k].run(parts.job, panel - 1, panel);
        }
        EXPECT_EQ(whole.vertices, parts.vertices) << kernels[k].name;
    }
}

} // namespace
} // namespace gesture::motion

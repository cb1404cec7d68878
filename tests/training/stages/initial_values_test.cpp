// SPDX-License-Identifier: Apache-2.0
#include "core/models/networks/semtalk_base.h"
#include "tests/training/stages/stage_fixture.h"
#include "training/stages/trainable_tensors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <set>

namespace gesture::training {
namespace {

using gesture::test::tinyGenerator;

std::unique_ptr<TrainableTensors> filledTensors(const InitialValues& values) {
    auto tensors = std::make_unique<TrainableTensors>(at::Device(at::kCPU));
    const models::SemTalkBase network(*tensors, tinyGenerator());
    tensors->fill(values);
    return tensors;
}

double largest(const at::Tensor& tensor) { return tensor.abs().max().item<double>(); }

TEST(InitialValues, AreTorchsDefaults) {
    InitialValues values;
    values.maskDeviation = 0.25;
    const auto tensors = filledTensors(values);
    const auto named = [&](const char* name) { return tensors->named(name).detach(); };
    // 16 inputs: at most 1 / 4, and close to it.
    EXPECT_LE(largest(named("feature2face.weight")), 0.25);
    EXPECT_GT(largest(named("feature2face.weight")), 0.22);
    EXPECT_LE(largest(named("feature2face.bias")), 0.25);
    // Xavier's uniform rule over (3 x 16, 16), biases 0.
    const double bound = std::sqrt(6.0 / (16.0 + 48.0));
    EXPECT_LE(largest(named("face_decoder.layers.0.self_attn.in_proj_weight")), bound);
    EXPECT_GT(largest(named("face_decoder.layers.0.self_attn.in_proj_weight")), 0.9 * bound);
    EXPECT_EQ(largest(named("face_decoder.layers.0.self_attn.in_proj_bias")), 0.0);
    EXPECT_EQ(largest(named("face_decoder.layers.0.self_attn.out_proj.bias")), 0.0);
    // Tables are normal.
    EXPECT_GT(named("spearker_encoder_body.weight").std().item<double>(), 0.7);
    EXPECT_LT(named("spearker_encoder_body.weight").std().item<double>(), 1.3);
    // Norms are 1 and 0; convolutions below "main" have no bias at first.
    EXPECT_TRUE(named("face_decoder.layers.0.norm1.weight")
                    .equal(at::Tensor(named("face_decoder.layers.0.norm1.weight").new_ones({16}))));
    EXPECT_EQ(largest(named("face_decoder.layers.0.norm1.bias")), 0.0);
    EXPECT_EQ(largest(named("motion_encoder.main.0.bias")), 0.0);
    const double deviation = std::sqrt(2.0 / (3.0 * (337.0 + 8.0)));
    EXPECT_NEAR(named("motion_encoder.main.0.weight").std().item<double>(), deviation,
                0.1 * deviation);
    EXPECT_NEAR(named("mask_embeddings").std().item<double>(), 0.25, 0.04);
    EXPECT_EQ(named("hubert_encoder.1.running_var").sum().item<double>(), 8.0);
}

TEST(InitialValues, FollowFromSeedAndNameAlone) {
    InitialValues one;
    one.seed = 1;
    InitialValues two;
    two.seed = 2;
    const auto first = filledTensors(one);
    const auto again = filledTensors(one);
    const auto other = filledTensors(two);
    const std::string name = "feature2face.weight";
    EXPECT_TRUE(first->named(name).equal(again->named(name)));
    EXPECT_FALSE(first->named(name).equal(other->named(name)));
    EXPECT_FALSE(first->named("hubert_encoder.0.weight")
                     .equal(first->named("hubert_encoder_body.0.weight")));
}

TEST(InitialValues, LayersOfOneTemplateBeginAlikeWhereThatIsWanted) {
    InitialValues values;
    const std::string wide = "wordhints_decoder.layers.0.linear1.weight";
    const std::string next = "wordhints_decoder.layers.1.linear1.weight";
    const std::string face = "face_decoder.layers.0.linear1.weight";
    EXPECT_FALSE(filledTensors(values)->named(wide).equal(filledTensors(values)->named(next)));
    values.copiedStacks = true;
    const auto tensors = filledTensors(values);
    EXPECT_TRUE(tensors->named(wide).equal(tensors->named(next)));
    EXPECT_TRUE(tensors->named(wide).equal(tensors->named(face)));
    EXPECT_FALSE(
        tensors->named("predict_res_face.cross_attn_1.layers.0.linear1.weight")
            .equal(tensors->named("predict_res_upper.cross_attn_1.layers.0.linear1.weight")));
}

TEST(InitialValues, ParametersAreLeavesInAFixedOrderAndNoneTwice) {
    const auto first = filledTensors({});
    const auto second = filledTensors({});
    std::set<std::string> names;
    ASSERT_EQ(first->parameters().size(), second->parameters().size());
    for (std::size_t i = 0; i < first->parameters().size(); ++i) {
        const NamedTensor& parameter = first->parameters()[i];
        EXPECT_EQ(parameter.name, second->parameters()[i].name);
        EXPECT_TRUE(parameter.tensor.is_leaf() && parameter.tensor.requires_grad());
        EXPECT_TRUE(names.insert(parameter.name).second) << parameter.name;
    }
}

} // namespace
} // namespace gesture::training

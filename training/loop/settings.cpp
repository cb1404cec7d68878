// SPDX-License-Identifier: Apache-2.0
#include "training/loop/settings.h"

#include <algorithm>

namespace gesture::training {

namespace {

constexpr std::int64_t kMaxSteps = 1'000'000'000;
constexpr std::int64_t kMaxKept = 1000;

void readOptimiser(ConfigReader config, LoopSettings& settings) {
    Adam::Options& adam = settings.adam;
    adam.decay = config.choice("kind", {"adam", "adamw"}) == "adamw" ? Adam::Decay::Apart
                                                                     : Adam::Decay::InGradients;
    settings.schedule.rate = config.number("rate", 5e-5, {0.0, 100.0});
    adam.beta1 = config.number("beta1", 0.9, {0.0, 0.999999});
    adam.beta2 = config.number("beta2", 0.999, {0.0, 0.999999});
    adam.epsilon = config.number("epsilon", 1e-8, {0.0, 1.0});
    adam.weightDecay = config.number("weight_decay", 0.0, {0.0, 1.0});
    settings.clip = config.number("clip", 0.0, {0.0, 1e9});
    settings.skip = config.count("skip", 0, {0, 1000});
}

void readSchedule(ConfigReader config, Schedule& schedule) {
    const std::string kind = config.choice("kind", {"constant", "step", "cosine"});
    if (kind == "step") {
        schedule.kind = Schedule::Kind::Step;
        schedule.factor = config.number("factor", 0.1, {0.0, 1.0});
        schedule.everyEpochs = config.count("every_epochs", 100, {1, kMaxSteps});
    } else if (kind == "cosine") {
        schedule.kind = Schedule::Kind::Cosine;
        schedule.floor = config.number("floor", 0.0, {0.0, 1.0});
    }
    schedule.warmUp = config.count("warm_up", 0, {0, kMaxSteps});
}

Precision precisionOf(const std::string& name) {
    if (name == "half") return Precision::Half;
    return name == "bfloat16" ? Precision::BFloat16 : Precision::Full;
}

} // namespace

std::int64_t LoopSettings::totalSteps(std::int64_t stepsPerEpoch) const {
    return steps > 0 ? steps : epochs * std::max<std::int64_t>(1, stepsPerEpoch);
}

LoopSettings readLoopSettings(ConfigReader& config) {
    LoopSettings settings;
    settings.seed = static_cast<std::uint64_t>(config.count("seed", 2021));
    settings.device = config.text("device", "auto");
    settings.threads = config.count("threads", 0, {0, 1024});
    settings.deterministic = config.flag("deterministic", false);
    settings.fusedAttention = config.choice("attention", {"fused", "plain"}) == "fused";
    settings.precision = precisionOf(config.choice("precision", {"full", "half", "bfloat16"}));
    settings.steps = config.count("steps", 0, {0, kMaxSteps});
    settings.epochs = config.count("epochs", 100, {1, 1'000'000});
    settings.average = config.number("average", 0.0, {0.0, 0.999999});
    readOptimiser(config.section("optimiser"), settings);
    readSchedule(config.section("schedule"), settings.schedule);
    ConfigReader log = config.section("log");
    settings.logEvery = log.count("every", 10, {1, kMaxSteps});
    ConfigReader evaluation = config.section("evaluation");
    settings.evaluateEvery = evaluation.count("every", 0, {0, kMaxSteps});
    settings.evaluateEpochs = evaluation.count("every_epochs", 5, {0, 1'000'000});
    ConfigReader checkpoints = config.section("checkpoints");
    settings.checkpointEvery = checkpoints.count("every", 0, {0, kMaxSteps});
    settings.checkpointMinutes = checkpoints.number("minutes", 5.0, {0.0, 1e6});
    settings.checkpointsKept = checkpoints.count("keep", 3, {1, kMaxKept});
    settings.batchesAhead = config.count("batches_ahead", 3, {1, 64});
    return settings;
}

} // namespace gesture::training

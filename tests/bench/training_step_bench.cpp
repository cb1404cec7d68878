// SPDX-License-Identifier: Apache-2.0
// Seconds of one training step of the configurations in training/configs/FOLDER on made-up data,
// one thread: median of some steps, processor time.
//
// usage: training_step_bench CONFIG… [steps=N]; CONFIG: path of a stage's YAML
#include "core/models/bundle/sizes.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/representation.h"
#include "tests/training/stages/stage_fixture.h"
#include "training/stages/stage_settings.h"

#include <ATen/Parallel.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using namespace gesture;
using namespace gesture::training;

template <typename T>
T valueOf(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message());
    return *std::move(result);
}

struct Prepared {
    std::unique_ptr<Stage> stage;
    Batch batch;
};

template <typename StageKind, typename Settings>
Prepared generator(ConfigReader& config, void (*read)(ConfigReader&, Settings&),
                   std::int64_t batch) {
    Settings settings;
    read(config, settings);
    settings.sizes = valueOf(models::generatorSizes(readNetworkSizes(config, "generator")));
    settings.mean = at::zeros({settings.sizes.motion});
    settings.deviation = at::ones({settings.sizes.motion});
    models::GeneratorSizes heard = settings.sizes;
    if (std::is_same_v<StageKind, EchoMaskStage>) heard.speech = heard.projected;
    return {std::make_unique<StageKind>(settings, test::syntheticCodebooks(settings.sizes),
                                        readBasics(config, at::kCPU)),
            test::syntheticBatch(batch, heard)};
}

Prepared tokenizer(ConfigReader& config, std::int64_t batch) {
    TokenizerSettings settings;
    const std::string part = config.text("part", "upper");
    for (const auto candidate : {motion::BodyPart::Face, motion::BodyPart::Upper,
                                 motion::BodyPart::Hands, motion::BodyPart::Lower})
        if (motion::nameOf(candidate) == part) settings.part = candidate;
    io::NetworkSizes sizes = readNetworkSizes(config, "motion_tokenizer");
    sizes["channels"] = {motion::channelCount(settings.part)};
    settings.sizes = valueOf(models::tokenizerSizes(sizes));
    settings.quantizer = readQuantizer(config);
    settings.weights = readTokenizerWeights(config);
    return {std::make_unique<TokenizerStage>(settings, readBasics(config, at::kCPU)),
            test::syntheticBatch(batch, {})};
}

Prepared speech(ConfigReader& config, std::int64_t batch) {
    SpeechEncoderSettings settings;
    settings.sizes = valueOf(models::logMelSizes(readNetworkSizes(config, "log_mel")));
    readSpeechEncoder(config, settings);
    models::GeneratorSizes sizes;
    sizes.window = config.section("data").count("rows", 160);
    sizes.speech = settings.sizes.bands;
    sizes.words = settings.sizes.lexiconWords;
    Batch made = test::syntheticBatch(batch, sizes);
    made.emplace("mel", made.at("speech"));
    made.emplace("phone", made.at("words"));
    made.emplace("lexicon", made.at("words"));
    made.emplace("stress", made.at("score"));
    made.emplace("apex", made.at("stroke"));
    return {std::make_unique<SpeechEncoderStage>(settings, readBasics(config, at::kCPU)), made};
}

Prepared prepare(const std::string& path) {
    ConfigReader config = valueOf(ConfigReader::open(path));
    const std::int64_t batch = config.section("data").count("batch", 16);
    const std::string stage = config.text("stage", "");
    if (stage == "semtalk_base") return generator<SemTalkBaseStage>(config, readSemTalkBase, batch);
    if (stage == "semtalk_sparse")
        return generator<SemTalkSparseStage>(config, readSemTalkSparse, batch);
    if (stage == "echomask") return generator<EchoMaskStage>(config, readEchoMask, batch);
    if (stage == "tokenizer") return tokenizer(config, batch);
    if (stage == "speech_encoder") return speech(config, batch);
    if (stage == "motion_features")
        return {std::make_unique<MotionFeaturesStage>(readMotionFeaturesWeights(config),
                                                      readBasics(config, at::kCPU)),
                test::syntheticBatch(batch, {})};
    GlobalMotionSettings settings;
    settings.sizes = valueOf(models::globalMotionSizes(readNetworkSizes(config, "global_motion")));
    settings.weights = readGlobalMotionWeights(config);
    settings.body =
        std::make_shared<const BodyJoints>(motion::averageRestJoints(), at::Device(at::kCPU));
    return {std::make_unique<GlobalMotionStage>(settings, readBasics(config, at::kCPU)),
            test::syntheticBatch(batch, {})};
}

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void measure(const std::string& path, int steps) {
    Prepared prepared = prepare(path);
    std::int64_t parameters = 0;
    for (const NamedTensor& named : prepared.stage->parameters())
        parameters += named.tensor.numel();
    test::SmallOptimiser optimiser(*prepared.stage);
    optimiser.step(prepared.batch);
    std::vector<double> seconds;
    for (int i = 0; i < steps; ++i) {
        const double begin = processorSeconds();
        optimiser.step(prepared.batch);
        seconds.push_back(processorSeconds() - begin);
    }
    std::sort(seconds.begin(), seconds.end());
    fmt::print("{:<52} {:>8.2f} M parameters {:>8.3f} s median {:>8.3f} s mean\n", path,
               static_cast<double>(parameters) / 1e6, seconds[seconds.size() / 2], [&] {
                   double sum = 0.0;
                   for (const double value : seconds)
                       sum += value;
                   return sum / static_cast<double>(seconds.size());
               }());
    std::fflush(stdout);
}

} // namespace

int main(int count, char** arguments) {
    at::set_num_threads(1);
    int steps = 7;
    try {
        for (int i = 1; i < count; ++i) {
            const std::string argument = arguments[i];
            if (argument.starts_with("steps="))
                steps = std::atoi(argument.c_str() + 6);
            else
                measure(argument, steps);
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "training/stages/stage_settings.h"

#include <span>
#include <string>
#include <vector>

namespace gesture::training {

namespace {

constexpr Bounds<double> kWeight{0.0, 1e6};
constexpr Bounds<double> kShare{0.0, 1.0};
constexpr Bounds<std::int64_t> kSize{1, 1'000'000};

void readWeight(ConfigReader& section, std::string_view key, double& weight) {
    weight = section.number(key, weight, kWeight);
}

void readShare(ConfigReader& section, std::string_view key, double& share) {
    share = section.number(key, share, kShare);
}

/// Names of the sizes of a kind of network: numbers, flags and lists.
struct SizeNames {
    std::vector<std::string_view> numbers, flags, lists;
};

const SizeNames& sizeNames(std::string_view kind) {
    static const SizeNames generators{{"motion",
                                       "window",
                                       "hidden",
                                       "latent",
                                       "speech",
                                       "projected",
                                       "beat",
                                       "sentence",
                                       "words",
                                       "word_width",
                                       "speakers",
                                       "codes",
                                       "code_layers",
                                       "heads",
                                       "residual_heads",
                                       "hidden_feed_forward",
                                       "latent_feed_forward",
                                       "residual_feed_forward",
                                       "query_feed_forward",
                                       "face_layers",
                                       "hint_layers",
                                       "residual_depth",
                                       "alignment_layers",
                                       "posteriors"},
                                      {"normalised", "pe_on_speech", "frame_aligned",
                                       "speech_posteriors", "adapted_speech", "sentence_of_words"},
                                      {}};
    static const SizeNames tokenizers{
        {"channels", "width", "codes", "layers", "expected_code"}, {"normalised"}, {}};
    static const SizeNames roots{{"channels", "width"}, {}, {}};
    static const SizeNames encoders{
        {"bands", "width", "inner", "kernel", "in_kernel", "low_block", "phones", "lexicon_words"},
        {},
        {"dilations"}};
    static const SizeNames none;
    if (kind == "motion_tokenizer") return tokenizers;
    if (kind == "global_motion") return roots;
    if (kind == "log_mel") return encoders;
    return kind == "motion_features" ? none : generators;
}

} // namespace

StageBasics readBasics(ConfigReader& config, at::Device device) {
    StageBasics basics;
    basics.device = device;
    const std::string dropout = config.choice("dropout", {"full", "feed_forward", "none"});
    if (dropout == "feed_forward") basics.pass = models::Pass::TrainingFeedForward;
    if (dropout == "none") basics.pass = models::Pass::TrainingUndropped;
    basics.initial.seed = static_cast<std::uint64_t>(config.count("seed", 2021));
    basics.initial.copiedStacks = config.flag("copied_stacks", false);
    basics.evaluationBatches = config.section("evaluation").count("batches", 0, {0, 1'000'000});
    return basics;
}

io::NetworkSizes readNetworkSizes(ConfigReader& config, std::string_view kind) {
    ConfigReader section = config.section("network");
    const SizeNames& names = sizeNames(kind);
    io::NetworkSizes sizes;
    for (const std::string_view name : names.numbers)
        if (section.has(name)) sizes[std::string(name)] = {section.count(name, 1, kSize)};
    for (const std::string_view name : names.flags)
        if (section.flag(name, false)) sizes[std::string(name)] = {1};
    for (const std::string_view name : names.lists)
        if (section.has(name)) sizes[std::string(name)] = section.counts(name, {}, kSize);
    return sizes;
}

QuantizerSettings readQuantizer(ConfigReader& config) {
    ConfigReader section = config.section("quantizer");
    QuantizerSettings settings;
    readShare(section, "decay", settings.decay);
    settings.temperature = section.number("temperature", settings.temperature, {0.0, 100.0});
    settings.relativeNoise = section.number("relative_noise", settings.relativeNoise, kShare);
    settings.deadBelow = section.number("dead_below", settings.deadBelow, {0.0, 1e6});
    if (section.choice("revival", {"batch_rows", "random_rows"}) == "random_rows")
        settings.revival = QuantizerSettings::Revival::RandomRows;
    if (section.choice("gradient", {"each_layer", "once"}) == "once")
        settings.gradient = QuantizerSettings::Gradient::Once;
    return settings;
}

TokenizerWeights readTokenizerWeights(ConfigReader& config) {
    ConfigReader section = config.section("weights");
    TokenizerWeights weights;
    readWeight(section, "rotation", weights.rotation);
    readWeight(section, "velocity", weights.velocity);
    readWeight(section, "acceleration", weights.acceleration);
    readWeight(section, "values", weights.values);
    readWeight(section, "expressions", weights.expressions);
    readWeight(section, "contacts", weights.contacts);
    readWeight(section, "translation", weights.translation);
    readWeight(section, "joints", weights.joints);
    readWeight(section, "foot", weights.foot);
    readWeight(section, "vertices", weights.vertices);
    readWeight(section, "commitment", weights.commitment);
    return weights;
}

GlobalMotionWeights readGlobalMotionWeights(ConfigReader& config) {
    ConfigReader section = config.section("weights");
    GlobalMotionWeights weights;
    readWeight(section, "contacts", weights.contacts);
    readWeight(section, "speed", weights.speed);
    readWeight(section, "speed_differences", weights.speedDifferences);
    readWeight(section, "places", weights.places);
    readWeight(section, "place_differences", weights.placeDifferences);
    readWeight(section, "surface", weights.surface);
    readWeight(section, "foot", weights.foot);
    return weights;
}

MotionFeaturesWeights readMotionFeaturesWeights(ConfigReader& config) {
    ConfigReader section = config.section("weights");
    MotionFeaturesWeights weights;
    readWeight(section, "rotation", weights.rotation);
    readWeight(section, "velocity", weights.velocity);
    readWeight(section, "acceleration", weights.acceleration);
    readWeight(section, "values", weights.values);
    return weights;
}

void readSpeechEncoder(ConfigReader& config, SpeechEncoderSettings& settings) {
    ConfigReader weights = config.section("weights");
    readWeight(weights, "phone", settings.phoneWeight);
    readWeight(weights, "stress", settings.stressWeight);
    readWeight(weights, "apex", settings.apexWeight);
    readWeight(weights, "lexicon", settings.lexiconWeight);
    ConfigReader section = config.section("augmentation");
    MelAugmentation& mel = settings.augmentation;
    readShare(section, "warp", mel.warp);
    readWeight(section, "gain", mel.gain);
    readWeight(section, "tilt", mel.tilt);
    readWeight(section, "ripple", mel.ripple);
    mel.floorFrom = section.number("floor_from", mel.floorFrom, {-100.0, 100.0});
    mel.floorTo = section.number("floor_to", mel.floorTo, {-100.0, 100.0});
    readShare(section, "smear_share", mel.smearShare);
    readShare(section, "contrast", mel.contrast);
    readWeight(section, "white", mel.white);
    readShare(section, "speed_share", mel.speedShare);
    readShare(section, "speed", mel.speed);
}

void readGenerator(ConfigReader& config, GeneratorSettings& settings) {
    ConfigReader weights = config.section("weights");
    readWeight(weights, "codes", settings.weights.codes);
    readWeight(weights, "latents", settings.weights.latents);
    settings.weights.latentsByVariance = weights.flag("latents_by_variance", false);
    ConfigReader section = config.section("passes");
    PassSettings& passes = settings.passes;
    passes.onePerStep = section.flag("one_per_step", passes.onePerStep);
    readShare(section, "seed_share", passes.seedShare);
    readShare(section, "heard_share", passes.heardShare);
    if (passes.seedShare + passes.heardShare > 1.0)
        section.refuse("heard_share", "and 'seed_share' add up to more than 1.");
    readShare(section, "mask_from", passes.maskFrom);
    readShare(section, "mask_to", passes.maskTo);
    passes.maskEpochs = section.number("mask_epochs", passes.maskEpochs, {0.0, 1e6});
    readShare(section, "mask_steps", passes.maskSteps);
}

void readSemTalkBase(ConfigReader& config, SemTalkBaseSettings& settings) {
    readGenerator(config, settings);
    ConfigReader weights = config.section("weights");
    readWeight(weights, "rhythm", settings.weights.rhythm);
    settings.publishedSecondPass = config.flag("published_second_pass", false);
}

void readSemTalkSparse(ConfigReader& config, SemTalkSparseSettings& settings) {
    readGenerator(config, settings);
    ConfigReader weights = config.section("weights");
    readWeight(weights, "gate", settings.weights.gate);
    settings.publishedGate = config.flag("published_gate", false);
    readShare(config, "score_floor", settings.scoreFloor);
    settings.scoreScale = config.number("score_scale", settings.scoreScale, {1e-3, 1.0});
    readShare(config, "word_drop", settings.wordDrop);
}

void readEchoMask(ConfigReader& config, EchoMaskSettings& settings) {
    readGenerator(config, settings);
    ConfigReader weights = config.section("weights");
    readWeight(weights, "rhythm", settings.weights.rhythm);
    readWeight(weights, "alignment", settings.weights.alignment);
    ConfigReader section = config.section("masks");
    const std::string kind = section.choice("kind", {"speech_queried", "random", "by_loss"});
    if (kind == "random") settings.masks = EchoMaskSettings::Masks::Random;
    if (kind == "by_loss") settings.masks = EchoMaskSettings::Masks::ByLoss;
    readShare(section, "share", settings.soft2Hard.maskShare);
    readShare(section, "top_share", settings.soft2Hard.topShare);
    settings.soft2Hard.epochs = section.number("epochs", settings.soft2Hard.epochs, {1.0, 1e6});
    if (section.choice("soft_draw", {"published", "softened"}) == "softened")
        settings.draw = inference::SoftDraw::Softened;
    settings.lastLayerAlone = section.choice("layers", {"all", "last"}) == "last";
    ConfigReader teacher = config.section("teacher");
    readShare(teacher, "decay", settings.teacherDecay);
    settings.teacherWarmUp = teacher.flag("warm_up", false);
}

} // namespace gesture::training

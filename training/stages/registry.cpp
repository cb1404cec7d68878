// SPDX-License-Identifier: Apache-2.0
#include "training/stages/registry.h"

#include "core/io/avatar_file.h"
#include "core/io/bundle/bundle.h"
#include "core/models/bundle/load_network.h"
#include "core/models/bundle/sizes.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/representation.h"
#include "training/stages/known_values.h"
#include "training/stages/posterior_batches.h"
#include "training/stages/stage_settings.h"
#include "training/stages/window_codes.h"

#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace gesture::training {

namespace {

using motion::BodyPart;

/// What a stage's maker works with: the request, the store, and what the configuration says of
/// both.
struct Workshop {
    const StageRequest& request;
    JobControl& control;
    std::shared_ptr<const WindowStore> store;
    WindowRequest windows; ///< Of the training split, without streams.
    std::string heldOutSplit;
    StageBasics basics;
    std::string dataKey;

    [[nodiscard]] std::filesystem::path path(const std::string& name) const {
        const std::filesystem::path given(name);
        return given.is_absolute() ? given : request.configFolder / given;
    }
    [[nodiscard]] bool has(std::string_view stream) const {
        return store->streams().contains(stream);
    }
};

Result<Workshop> openWorkshop(const StageRequest& request, JobControl& control) {
    ConfigReader& config = request.config;
    Workshop shop{request, control, nullptr, {}, {}, readBasics(config, request.device), {}};
    ConfigReader data = config.section("data");
    const std::string folder = data.text("store", "");
    if (folder.empty()) data.refuse("store", "must name the folder of a prepared corpus.");
    shop.windows.split = data.text("split", "train");
    shop.heldOutSplit = data.text("held_out", "val");
    shop.windows.batch = data.count("batch", 64, {1, 1'000'000});
    shop.windows.stride = data.count("stride", 20, {1, 1'000'000});
    shop.windows.length = data.count("window", 64, {16, 4096});
    shop.windows.seed = shop.basics.initial.seed;
    if (auto read = config.finish(); !read && folder.empty()) return read.error();
    auto store = WindowStore::open(shop.path(folder));
    if (!store) return std::move(store).error();
    shop.store = std::make_shared<const WindowStore>(std::move(*store));
    shop.dataKey = shop.store->key();
    return shop;
}

/// Batches of both splits, of the same streams; `codes` are made for both when there is a bundle.
Status addWindows(const Workshop& shop, std::vector<std::string> streams, const io::Bundle* codes,
                  StageSetup& setup) {
    WindowRequest training = shop.windows;
    training.streams = std::move(streams);
    WindowRequest heldOut = training;
    heldOut.split = shop.heldOutSplit;
    heldOut.order = WindowRequest::Order::AsStored;
    const std::pair<WindowRequest*, std::unique_ptr<BatchSource>*> wanted[] = {
        {&training, &setup.training}, {&heldOut, &setup.heldOut}};
    for (const auto& [request, target] : wanted) {
        WindowCodes found;
        if (codes != nullptr) {
            auto made =
                codesOfWindows(*shop.store, *request, *codes, shop.request.device, shop.control);
            if (!made) return std::move(made).error();
            found = std::move(*made);
        }
        auto batches = WindowBatches::create(shop.store, *request, std::move(found));
        if (!batches) return std::move(batches).error();
        *target = std::move(*batches);
    }
    setup.dataKey = shop.dataKey;
    return Status::success();
}

/// Values of a bundle that the stage goes on from (`start_from`), if any. True when there is one.
Result<bool> addKnownValues(const Workshop& shop, std::string_view role, StageBasics& basics) {
    const std::string folder = shop.request.config.text("start_from", "");
    if (folder.empty()) return false;
    auto known = knownValues(shop.path(folder), role);
    if (!known) return std::move(known).error();
    basics.initial.known = std::move(*known);
    return true;
}

/// `body`: none, average, or a file of an SMPL-X-layout body.
Result<std::shared_ptr<const BodyJoints>> readBody(const Workshop& shop, bool vertices) {
    const std::string body = shop.request.config.text("body", "average");
    const at::Device device = shop.request.device;
    if (body == "none") return std::shared_ptr<const BodyJoints>();
    if (body == "average")
        return std::make_shared<const BodyJoints>(motion::averageRestJoints(), device);
    auto avatar = io::readAvatarFile(shop.path(body));
    if (!avatar) return std::move(avatar).error();
    return std::make_shared<const BodyJoints>(
        *avatar->body, vertices ? BodyJoints::Vertices::Yes : BodyJoints::Vertices::No, device);
}

BodyPart partNamed(const std::string& name) {
    for (const BodyPart part : {BodyPart::Face, BodyPart::Upper, BodyPart::Hands})
        if (name == motion::nameOf(part)) return part;
    return BodyPart::Lower;
}

/// Holds the labels of a stream against the classes that a network has for them.
Status expectLabels(const Workshop& shop, std::string_view stream, std::int64_t classes) {
    const auto clips = shop.store->clips();
    for (std::size_t clip = 0; clip < clips.size(); ++clip)
        for (const float value : shop.store->stream(clip, stream).values)
            if (!(value >= 0.0F && value < static_cast<float>(classes)))
                return Error{ErrorCode::InvalidInput,
                             fmt::format("Clip '{}' has {} in '{}', but the network knows 0 to {}: "
                                         "raise its size in 'network'.",
                                         clips[clip].id, value, stream, classes - 1)};
    return Status::success();
}

std::vector<std::string> motionStreams(const Workshop& shop, bool face) {
    std::vector<std::string> streams{std::string(stream::kMotion)};
    if (face) streams.emplace_back(stream::kExpressions);
    if (shop.has(stream::kBetas)) streams.emplace_back(stream::kBetas);
    return streams;
}

Result<StageSetup> makeTokenizer(Workshop& shop) {
    ConfigReader& config = shop.request.config;
    TokenizerSettings settings;
    settings.part = partNamed(config.choice("part", {"upper", "face", "hands", "lower"}));
    io::NetworkSizes named = readNetworkSizes(config, "motion_tokenizer");
    named["channels"] = {motion::channelCount(settings.part)};
    auto sizes = models::tokenizerSizes(named);
    if (!sizes) return std::move(sizes).error();
    settings.sizes = *sizes;
    settings.quantizer = readQuantizer(config);
    settings.weights = readTokenizerWeights(config);
    const double floor = config.number("deviation_floor", 0.004, {1e-6, 1.0});
    auto body = readBody(shop, settings.weights.vertices > 0.0);
    if (!body) return std::move(body).error();
    settings.body = std::move(*body);
    auto known = addKnownValues(shop, fmt::format("tokenizer_{}", motion::nameOf(settings.part)),
                                shop.basics);
    if (!known) return std::move(known).error();
    settings.keepsCodebooks = *known;
    if (settings.sizes.normalised) {
        const auto statistics =
            partStatistics(*shop.store, shop.windows.split, settings.part, floor);
        settings.mean = statistics.mean;
        settings.deviation = statistics.deviation;
    }
    StageSetup setup;
    if (auto added =
            addWindows(shop, motionStreams(shop, settings.part == BodyPart::Face), nullptr, setup);
        !added)
        return added.error();
    setup.stage = std::make_unique<TokenizerStage>(std::move(settings), shop.basics);
    return setup;
}

Result<StageSetup> makeGlobalMotion(Workshop& shop) {
    ConfigReader& config = shop.request.config;
    auto sizes = models::globalMotionSizes(readNetworkSizes(config, "global_motion"));
    if (!sizes) return std::move(sizes).error();
    GlobalMotionSettings settings{*sizes, readGlobalMotionWeights(config), nullptr};
    auto body = readBody(shop, false);
    if (!body) return std::move(body).error();
    settings.body = std::move(*body);
    if (auto known = addKnownValues(shop, "global_motion", shop.basics); !known)
        return std::move(known).error();
    StageSetup setup;
    if (auto added = addWindows(shop, motionStreams(shop, false), nullptr, setup); !added)
        return added.error();
    setup.stage = std::make_unique<GlobalMotionStage>(std::move(settings), shop.basics);
    return setup;
}

Result<StageSetup> makeMotionFeatures(Workshop& shop) {
    const MotionFeaturesWeights weights = readMotionFeaturesWeights(shop.request.config);
    if (shop.windows.length % 16 != 0)
        return Error{ErrorCode::InvalidInput,
                     "'data.window' must be a multiple of 16 for this stage."};
    StageSetup setup;
    if (auto added = addWindows(shop, {std::string(stream::kMotion)}, nullptr, setup); !added)
        return added.error();
    setup.stage = std::make_unique<MotionFeaturesStage>(weights, shop.basics);
    return setup;
}

Result<StageSetup> makeSpeechEncoder(Workshop& shop) {
    ConfigReader& config = shop.request.config;
    SpeechEncoderSettings settings;
    auto sizes = models::logMelSizes(readNetworkSizes(config, "log_mel"));
    if (!sizes) return std::move(sizes).error();
    settings.sizes = *sizes;
    readSpeechEncoder(config, settings);
    for (const auto& [stream, classes] : {std::pair(stream::kPhone, settings.sizes.phones),
                                          std::pair(stream::kLexicon, settings.sizes.lexiconWords)})
        if (auto fit = expectLabels(shop, stream, classes); !fit) return fit.error();
    if (auto known = addKnownValues(shop, "speech_encoder", shop.basics); !known)
        return std::move(known).error();
    CropRequest crops;
    crops.split = shop.windows.split;
    crops.rows = config.section("data").count("rows", 160, {16, 10'000});
    crops.batch = shop.windows.batch;
    crops.seed = shop.windows.seed;
    auto training = CropBatches::create(shop.store, crops);
    if (!training) return std::move(training).error();
    crops.split = shop.heldOutSplit;
    crops.order = WindowRequest::Order::AsStored;
    auto heldOut = CropBatches::create(shop.store, crops);
    if (!heldOut) return std::move(heldOut).error();
    return StageSetup{std::make_unique<SpeechEncoderStage>(std::move(settings), shop.basics),
                      std::move(*training), std::move(*heldOut), shop.dataKey};
}

/// What the three generators are made with.
struct GeneratorParts {
    io::Bundle tokens;
    Codebooks codebooks;
};

/// Holds the sizes against what the tokenizers are.
Status expectFit(const models::GeneratorSizes& sizes, const Codebooks& codebooks) {
    const at::Tensor& books = codebooks.books().upper;
    if (sizes.codeLayers == books.size(0) && sizes.codes == books.size(1) &&
        sizes.latent == books.size(2))
        return Status::success();
    return Error{ErrorCode::InvalidInput,
                 fmt::format("'network' says {} code layers of {} codes, {} wide, but the "
                             "tokenizers of 'tokens' have {} of {}, {} wide: make them equal.",
                             sizes.codeLayers, sizes.codes, sizes.latent, books.size(0),
                             books.size(1), books.size(2))};
}

Result<GeneratorParts> prepareGenerator(Workshop& shop, std::string_view role,
                                        GeneratorSettings& settings) {
    ConfigReader& config = shop.request.config;
    auto sizes = models::generatorSizes(readNetworkSizes(config, role));
    if (!sizes) return std::move(sizes).error();
    settings.sizes = *sizes;
    shop.windows.length = settings.sizes.window;
    shop.basics.initial.maskDeviation = 1.0 / std::sqrt(static_cast<double>(settings.sizes.hidden));
    if (settings.sizes.normalised) {
        const double floor = config.number("deviation_floor", 0.03, {1e-6, 1.0});
        const auto statistics = motionStatistics(*shop.store, shop.windows.split, floor);
        settings.mean = statistics.mean;
        settings.deviation = statistics.deviation;
    }
    auto bundle = io::openPartialBundle(shop.path(config.text("tokens", "tokens")));
    if (!bundle) return std::move(bundle).error();
    shop.dataKey += ' ' + bundle->hash;
    auto codebooks = Codebooks::load(*bundle, shop.request.device);
    if (!codebooks) return std::move(codebooks).error();
    if (auto fits = expectFit(settings.sizes, *codebooks); !fits) return fits.error();
    if (auto known = addKnownValues(shop, role, shop.basics); !known)
        return std::move(known).error();
    return GeneratorParts{std::move(*bundle), std::move(*codebooks)};
}

/// Streams that depend on the flags, and the heads of the speech encoder where they are wanted.
Status addGeneratorWindows(Workshop& shop, std::vector<std::string> streams,
                           const models::GeneratorSizes& sizes, const io::Bundle& tokens,
                           StageSetup& setup) {
    for (const std::string_view name : {stream::kMotion, stream::kSpeaker, stream::kSpeech})
        streams.emplace_back(name);
    const bool known =
        shop.has(stream::kStress) && shop.has(stream::kApex) && shop.has(stream::kLexicon);
    if (sizes.speechPosteriors && known && shop.request.config.flag("known_events", true))
        streams.emplace_back(kEventsKey);
    shop.windows.eventClasses = sizes.posteriors - 2;
    if (auto added = addWindows(shop, std::move(streams), &tokens, setup); !added) return added;
    if (!sizes.speechPosteriors) return Status::success();
    auto bundle =
        io::openPartialBundle(shop.path(shop.request.config.text("speech_encoder", "tokens")));
    if (!bundle) return std::move(bundle).error();
    auto loaded = models::loadNetwork<models::LogMelSpeechEncoder>(*bundle, "speech_encoder");
    if (!loaded) return std::move(loaded).error();
    const std::shared_ptr<const models::LogMelSpeechEncoder> encoder = std::move(*loaded);
    setup.training = std::make_unique<PosteriorBatches>(std::move(setup.training), encoder);
    setup.heldOut = std::make_unique<PosteriorBatches>(std::move(setup.heldOut), encoder);
    setup.dataKey += ' ' + bundle->hash;
    return Status::success();
}

template <typename GeneratorStageKind, typename Settings>
Result<StageSetup> makeGenerator(Workshop& shop, std::string_view role,
                                 std::vector<std::string> streams,
                                 void (*read)(ConfigReader&, Settings&)) {
    Settings settings;
    read(shop.request.config, settings);
    auto parts = prepareGenerator(shop, role, settings);
    if (!parts) return std::move(parts).error();
    if (role == "sparse" && !settings.sizes.sentenceOfWords)
        streams.emplace_back(stream::kSentence);
    if (role == "generator" && shop.has(stream::kStroke)) streams.emplace_back(stream::kStroke);
    if (auto fit = expectLabels(shop, stream::kSpeaker, settings.sizes.speakers); !fit)
        return fit.error();
    StageSetup setup;
    if (auto added =
            addGeneratorWindows(shop, std::move(streams), settings.sizes, parts->tokens, setup);
        !added)
        return added.error();
    setup.stage = std::make_unique<GeneratorStageKind>(std::move(settings),
                                                       std::move(parts->codebooks), shop.basics);
    return setup;
}

Result<StageSetup> makeSemTalkBase(Workshop& shop) {
    return makeGenerator<SemTalkBaseStage>(shop, "base", {std::string(stream::kBeat)},
                                           readSemTalkBase);
}

Result<StageSetup> makeSemTalkSparse(Workshop& shop) {
    return makeGenerator<SemTalkSparseStage>(
        shop, "sparse", {std::string(stream::kWords), std::string(stream::kScore)},
        readSemTalkSparse);
}

Result<StageSetup> makeEchoMask(Workshop& shop) {
    return makeGenerator<EchoMaskStage>(shop, "generator", {std::string(stream::kSpeechLow)},
                                        readEchoMask);
}

struct StageMaker {
    std::string_view name;
    Result<StageSetup> (*make)(Workshop&);
};
constexpr StageMaker kStages[] = {{"tokenizer", makeTokenizer},
                                  {"global_motion", makeGlobalMotion},
                                  {"motion_features", makeMotionFeatures},
                                  {"speech_encoder", makeSpeechEncoder},
                                  {"semtalk_base", makeSemTalkBase},
                                  {"semtalk_sparse", makeSemTalkSparse},
                                  {"echomask", makeEchoMask}};

} // namespace

Result<StageSetup> makeStage(const StageRequest& request, JobControl& control) {
    const std::string name = request.config.choice(
        "stage", {"tokenizer", "global_motion", "motion_features", "speech_encoder", "semtalk_base",
                  "semtalk_sparse", "echomask"});
    auto shop = openWorkshop(request, control);
    if (!shop) return std::move(shop).error();
    for (const StageMaker& stage : kStages)
        if (stage.name == name) return stage.make(*shop);
    return Error{ErrorCode::Usage, fmt::format("There is no stage '{}'.", name)};
}

std::vector<std::string> stageNames() {
    std::vector<std::string> names;
    for (const StageMaker& stage : kStages)
        names.emplace_back(stage.name);
    return names;
}

} // namespace gesture::training

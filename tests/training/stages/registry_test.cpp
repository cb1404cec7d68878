// SPDX-License-Identifier: Apache-2.0
// From a configuration to a stage that learns: every stage's configuration, tokens by a bundle.
#include "core/base/sha256.h"
#include "core/io/bundle/bundle.h"
#include "core/io/weights/safetensors.h"
#include "core/models/bundle/load_network.h"
#include "core/models/networks/motion_tokenizer.h"
#include "tests/support/temporary_folder.h"
#include "tests/training/stages/stage_fixture.h"
#include "tests/training/stages/synthetic_store.h"
#include "training/stages/registry.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

namespace gesture::training {
namespace {

using namespace gesture::test;

io::TensorData tensorData(const at::Tensor& tensor) {
    const at::Tensor whole = tensor.detach().to(at::kCPU).contiguous();
    io::TensorData data;
    data.type = whole.scalar_type() == at::kLong ? io::TensorType::Int64 : io::TensorType::Float32;
    data.shape.assign(whole.sizes().begin(), whole.sizes().end());
    data.bytes.resize(whole.nbytes());
    std::memcpy(data.bytes.data(), whole.data_ptr(), whole.nbytes());
    return data;
}

/// Writes networks as a bundle.
void writeBundle(const std::filesystem::path& folder,
                 const std::vector<ExportedNetwork>& networks) {
    std::filesystem::create_directories(folder);
    io::BundleManifest manifest;
    manifest.name = "Test";
    for (const ExportedNetwork& network : networks) {
        std::map<std::string, io::TensorData> tensors;
        for (const NamedTensor& named : network.tensors)
            tensors.emplace(named.name, tensorData(named.tensor));
        ASSERT_TRUE(io::writeSafetensorsFile(folder / network.entry.file, tensors));
        manifest.networks[network.role] = network.entry;
    }
    std::ofstream(folder / io::kManifestFile) << io::formatBundleManifest(manifest);
}

class Registry : public testing::Test {
protected:
    void SetUp() override {
        sizes_ = tinyFlaggedGenerator();
        sizes_.posteriors = 6;
        sizes_.words = 3;
        writeSyntheticStore(folder_ / "store", {{"a", "train", 4}, {"b", "val", 3}}, sizes_);
    }

    [[nodiscard]] Result<StageSetup> make(const std::string& yaml) {
        auto config = ConfigReader::parse(yaml, "test.yaml");
        if (!config) return std::move(config).error();
        JobControl control;
        auto setup = makeStage({*config, folder_.path(), at::Device(at::kCPU)}, control);
        if (!setup) return setup;
        if (auto whole = config->finish(); !whole) return whole.error();
        return setup;
    }

    /// Makes the stage, trains two steps, evaluates, and returns what it exports.
    std::vector<ExportedNetwork> train(const std::string& yaml) {
        auto setup = make(yaml);
        if (!setup) {
            ADD_FAILURE() << setup.error().message();
            return {};
        }
        SmallOptimiser optimiser(*setup->stage);
        for (std::int64_t step = 0; step < 2; ++step) {
            const auto batch = setup->training->at(step, {});
            if (!batch) {
                ADD_FAILURE() << batch.error().message();
                return {};
            }
            EXPECT_TRUE(std::isfinite(figure(optimiser.step(*batch), "loss")));
        }
        JobControl control;
        const auto measured = setup->stage->evaluate(*setup->heldOut, control);
        EXPECT_TRUE(measured) << measured.error().message();
        EXPECT_FALSE(setup->dataKey.empty());
        return setup->stage->networks();
    }

    /// Tokenizers and a speech encoder, as generators need them.
    void makeTokens() {
        std::vector<ExportedNetwork> networks;
        for (const char* part : {"face", "upper", "hands", "lower"})
            for (ExportedNetwork& network :
                 train(fmt::format("stage: tokenizer\npart: {}\ndropout: none\n"
                                   "data: {{store: store, batch: 4, stride: 10, window: 16}}\n"
                                   "network: {{width: 8, codes: 8, layers: 2, normalised: true}}\n"
                                   "quantizer: {{revival: random_rows}}\n",
                                   part)))
                networks.push_back(std::move(network));
        for (ExportedNetwork& network :
             train("stage: speech_encoder\ndata: {store: store, batch: 2, rows: 40}\n"
                   "network: {width: 12, inner: 16, dilations: [1, 2], low_block: 1, phones: 5, "
                   "lexicon_words: 4}\n"))
            networks.push_back(std::move(network));
        writeBundle(folder_ / "tokens", networks);
    }

    static constexpr const char* kNetwork =
        "network: {window: 16, hidden: 16, latent: 8, speech: 12, projected: 12, words: 3, "
        "word_width: 6, speakers: 3, codes: 8, code_layers: 2, heads: 2, residual_heads: 2, "
        "hidden_feed_forward: 24, latent_feed_forward: 16, residual_feed_forward: 16, "
        "query_feed_forward: 24, face_layers: 1, hint_layers: 1, residual_depth: 1, "
        "alignment_layers: 1, posteriors: 6, normalised: true, pe_on_speech: true, "
        "frame_aligned: true, speech_posteriors: true, adapted_speech: true, "
        "sentence_of_words: true}\n"
        "data: {store: store, batch: 3, stride: 10}\n";

    TemporaryFolder folder_;
    models::GeneratorSizes sizes_;
};

TEST_F(Registry, NamesSevenStages) { EXPECT_EQ(stageNames().size(), 7U); }

TEST_F(Registry, GeneratorsLearnFromCodesOfABundle) {
    makeTokens();
    for (const char* stage : {"semtalk_base", "semtalk_sparse", "echomask"}) {
        SCOPED_TRACE(stage);
        EXPECT_FALSE(train(fmt::format("stage: {}\n{}", stage, kNetwork)).empty());
    }
}

TEST_F(Registry, SizesThatDoNotFitTheTokenizersAreRefused) {
    makeTokens();
    std::string network = kNetwork;
    network.replace(network.find("codes: 8"), 8, "codes: 9");
    const auto setup = make("stage: echomask\n" + network);
    ASSERT_FALSE(setup);
    EXPECT_NE(setup.error().message().find("tokens"), std::string::npos);
}

TEST_F(Registry, TheRootAndTheFeaturesLearn) {
    EXPECT_FALSE(train("stage: global_motion\nnetwork: {width: 8}\n"
                       "data: {store: store, batch: 4, stride: 10, window: 16}\n")
                     .empty());
    EXPECT_FALSE(train("stage: motion_features\n"
                       "data: {store: store, batch: 4, stride: 10, window: 16}\n")
                     .empty());
}

TEST_F(Registry, TrainingGoesOnFromABundle) {
    makeTokens();
    const std::string yaml = "stage: tokenizer\npart: upper\nstart_from: tokens\n"
                             "data: {store: store, batch: 4, stride: 10, window: 16}\n"
                             "network: {width: 8, codes: 8, layers: 2, normalised: true}\n";
    const auto setup = make(yaml);
    ASSERT_TRUE(setup) << setup.error().message();
    const auto bundle = io::openPartialBundle(folder_ / "tokens");
    ASSERT_TRUE(bundle);
    const auto known = models::loadNetwork<models::MotionTokenizer>(*bundle, "tokenizer_upper");
    ASSERT_TRUE(known) << known.error().message();
    for (const NamedTensor& buffer : setup->stage->buffers()) {
        if (buffer.name != "quantizer.layers.0.codebook") continue;
        EXPECT_TRUE(buffer.tensor.equal((*known)->quantizer().codebooks()[0]));
    }
}

TEST_F(Registry, SlipsInAConfigurationAreNamed) {
    EXPECT_FALSE(make("stage: tokenizer\n")); // no store
    EXPECT_FALSE(make("stage: tokeniser\ndata: {store: store}\n"));
    const auto setup = make("stage: global_motion\nnetwork: {widht: 8}\n"
                            "data: {store: store, batch: 4, stride: 10, window: 16}\n");
    ASSERT_FALSE(setup);
    EXPECT_NE(setup.error().message().find("widht"), std::string::npos);
}

} // namespace
} // namespace gesture::training

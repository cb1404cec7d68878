// SPDX-License-Identifier: Apache-2.0
#include "tests/core/models/tiny_bundle.h"

#include "core/base/atomic_file.h"
#include "core/io/motion_file.h"
#include "core/io/weights/safetensors.h"
#include "core/models/bundle/tensor_list.h"
#include "tests/core/models/filled_source.h"
#include "tests/support/synthetic_clip.h"

#include <ATen/core/grad_mode.h>

#include <cstring>
#include <string>
#include <utility>

namespace gesture::test {

namespace {

using io::Architecture;
using io::NetworkEntry;
using io::NetworkSizes;

NetworkSizes generatorSizesOf(const std::string& kind) {
    NetworkSizes sizes{{"hidden", {32}},
                       {"latent", {16}},
                       {"speech", {64}},
                       {"projected", {16}},
                       {"sentence", {8}},
                       {"words", {8}},
                       {"word_width", {6}},
                       {"speakers", {3}},
                       {"codes", {16}},
                       {"code_layers", {2}},
                       {"residual_heads", {4}},
                       {"hidden_feed_forward", {48}},
                       {"latent_feed_forward", {24}},
                       {"residual_feed_forward", {24}},
                       {"query_feed_forward", {48}},
                       {"face_layers", {1}},
                       {"hint_layers", {2}},
                       {"residual_depth", {1}},
                       {"alignment_layers", {1}}};
    if (kind == "emage")
        sizes = {{"hidden", {32}},     {"hint", {16}},      {"audio", {16}},
                 {"codes", {16}},      {"speakers", {2}},   {"feed_forward", {48}},
                 {"face_layers", {1}}, {"hint_layers", {2}}};
    return sizes;
}

const NetworkSizes kTinyHubert{{"layers", {3}},
                               {"width", {64}},
                               {"heads", {1}},
                               {"feed_forward", {32}},
                               {"channels", {8, 8, 8, 8, 8, 8, 8}},
                               {"kernels", {10, 3, 3, 3, 3, 2, 2}},
                               {"strides", {5, 2, 2, 2, 2, 2, 2}},
                               {"position_kernel", {16}},
                               {"position_groups", {4}}};

void addTokenizers(io::BundleManifest& manifest) {
    const bool emage = manifest.architecture == Architecture::Emage;
    for (const auto& [part, channels] : std::map<std::string, std::int64_t>{
             {"face", 106}, {"upper", 78}, {"hands", 180}, {"lower", 61}}) {
        NetworkSizes sizes{{"channels", {channels}}, {"width", {16}}, {"codes", {16}}};
        if (emage)
            sizes["convolutions"] = {part == "lower" ? 4 : 2};
        else
            sizes["layers"] = {2};
        manifest.networks["tokenizer_" + part] = {emage ? "emage_tokenizer" : "motion_tokenizer",
                                                  "tokenizer_" + part + ".safetensors", sizes};
    }
    manifest.networks["global_motion"] = {
        "global_motion", "global_motion.safetensors", {{"width", {16}}}};
}

io::BundleManifest tinyManifest(Architecture architecture) {
    io::BundleManifest manifest;
    manifest.architecture = architecture;
    manifest.name = "Tiny " + std::string(io::titleOf(architecture));
    manifest.licence = "CC0-1.0";
    manifest.source = "weights that follow from their names";
    manifest.maker = "tests";
    manifest.speakerCount = architecture == Architecture::Emage ? 2 : 3;
    manifest.defaultSpeaker = 1;
    const auto add = [&](const std::string& role, const std::string& kind) {
        manifest.networks[role] = {kind, role + ".safetensors", generatorSizesOf(kind)};
    };
    if (architecture == Architecture::SemTalk) {
        add("base", "semtalk_base");
        add("sparse", "semtalk_sparse");
        manifest.tables["vocabulary"] = "vocabulary.json";
    } else {
        add("generator", architecture == Architecture::Emage ? "emage" : "echomask");
    }
    if (architecture != Architecture::Emage) {
        manifest.networks["speech_encoder"] = {"hubert", "speech_encoder.safetensors", kTinyHubert};
        manifest.speechPath = audio::SpeechPath::Reference;
        manifest.networks["motion_features"] = {
            "motion_features", "motion_features.safetensors", {}};
    }
    addTokenizers(manifest);
    manifest.tables["start_pose"] = "start_pose.npz";
    return manifest;
}

io::TensorData dataOf(const at::Tensor& tensor) {
    const at::Tensor values = tensor.contiguous();
    io::TensorData data;
    data.type = values.scalar_type() == at::kLong ? io::TensorType::Int64 : io::TensorType::Float32;
    data.shape.assign(values.sizes().begin(), values.sizes().end());
    data.bytes.resize(values.nbytes());
    std::memcpy(data.bytes.data(), values.data_ptr(), data.bytes.size());
    return data;
}

Status writeNetwork(const NetworkEntry& entry, const std::filesystem::path& folder) {
    const auto tensors = models::tensorsOf(entry);
    if (!tensors) return tensors.error();
    FilledSource source;
    std::map<std::string, io::TensorData> contents;
    for (const models::TensorSpec& spec : *tensors)
        if (spec.liveness == models::Liveness::Live)
            contents.emplace(spec.name, dataOf(source.take(spec)));
    return io::writeSafetensorsFile(folder / entry.file, contents);
}

} // namespace

Result<io::Bundle> writeTinyBundle(Architecture architecture, const std::filesystem::path& folder) {
    const at::NoGradGuard noGradient;
    std::filesystem::create_directories(folder);
    const io::BundleManifest manifest = tinyManifest(architecture);
    for (const auto& [role, entry] : manifest.networks)
        if (auto written = writeNetwork(entry, folder); !written) return std::move(written).error();
    if (auto written = io::writeMotionFile(folder / "start_pose.npz", syntheticClip(8)); !written)
        return std::move(written).error();
    const std::string words =
        R"({"<PAD>":0,"<SOS>":1,"<EOS>":2,"<UNK>":3,"the":4,"big":5,"one":6})";
    if (auto written = writeTextAtomically(folder / "vocabulary.json", words); !written)
        return std::move(written).error();
    if (auto written =
            writeTextAtomically(folder / io::kManifestFile, io::formatBundleManifest(manifest));
        !written)
        return std::move(written).error();
    JobControl control;
    return io::packBundle(folder, control);
}

} // namespace gesture::test

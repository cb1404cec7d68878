// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/bundle/manifest.h"
#include "training/config/config_reader.h"
#include "training/stages/echomask_stage.h"
#include "training/stages/global_motion_stage.h"
#include "training/stages/motion_features_stage.h"
#include "training/stages/semtalk_base_stage.h"
#include "training/stages/semtalk_sparse_stage.h"
#include "training/stages/speech_encoder_stage.h"
#include "training/stages/tokenizer_stage.h"

#include <string_view>

namespace gesture::training {

// What a configuration says of a stage. Keys that are left out keep the published values. Nothing
// is opened here; what is wrong is kept in the reader.

/// `dropout` (full, feed_forward, none), `seed`, `copied_stacks`, `evaluation.batches`.
[[nodiscard]] StageBasics readBasics(ConfigReader& config, at::Device device);

/// The sizes below `network` that are given, as a bundle names them, of a kind of network.
[[nodiscard]] io::NetworkSizes readNetworkSizes(ConfigReader& config, std::string_view kind);

[[nodiscard]] QuantizerSettings readQuantizer(ConfigReader& config);
[[nodiscard]] TokenizerWeights readTokenizerWeights(ConfigReader& config);
[[nodiscard]] GlobalMotionWeights readGlobalMotionWeights(ConfigReader& config);
[[nodiscard]] MotionFeaturesWeights readMotionFeaturesWeights(ConfigReader& config);
/// `weights` and `augmentation`; sizes are left alone.
void readSpeechEncoder(ConfigReader& config, SpeechEncoderSettings& settings);
/// `weights` and `passes` of the three generators; sizes are left alone.
void readGenerator(ConfigReader& config, GeneratorSettings& settings);
void readSemTalkBase(ConfigReader& config, SemTalkBaseSettings& settings);
void readSemTalkSparse(ConfigReader& config, SemTalkSparseSettings& settings);
void readEchoMask(ConfigReader& config, EchoMaskSettings& settings);

} // namespace gesture::training

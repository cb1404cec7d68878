// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/inference/analysis.h"
#include "core/io/figures/analysis_figures.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gesture::app {

/// How far the map of a take is.
enum class MapState {
    None,      ///< Not computed.
    Computing, ///< `progress` says how far; windows that came can be seen.
    Ready,
    OutOfDate, ///< Audio, words, model or seed changed since: `reason` lists what.
};

/// Whether a person can ask for what is missing.
enum class MapOffer {
    Computable,
    NoSuchMap, ///< The model has no speech-queried map at all.
};

/// A window that an edit made: its kept frames carry weights but did not change.
struct EditedWindow {
    FrameIndex begin;
    std::vector<std::uint8_t> kept; ///< (frames) 1: the mask kept the frame.
};

/// What the attention views show of one take. Value type; large values are shared and immutable.
struct AttentionContent {
    std::shared_ptr<const inference::Analysis> analysis; ///< Null: none.
    std::shared_ptr<const audio::Transcript> transcript; ///< Null: no words.
    QString take;                                        ///< "Take 3"
    QString bundle;                                      ///< "EchoMask"
    std::vector<EditedWindow> edits;
    MapState state = MapState::None;
    MapOffer offer = MapOffer::Computable;
    QString reason;                       ///< Sentence or list for the state; may be empty.
    std::optional<double> computeSeconds; ///< Estimate; absent: not known.
    int progressDone = 0;                 ///< Windows.
    int progressTotal = 0;
    std::string clip;                   ///< Name for figures.
    io::FigureProvenance figureRemarks; ///< Where the values come from.

    [[nodiscard]] bool hasMap() const { return analysis && !analysis->windows().empty(); }
};

} // namespace gesture::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gesture::models {

/// Sizes of a generator. The defaults are those of the released SemTalk and EchoMask; smaller ones
/// make the demo bundle and the networks of the tests.
struct GeneratorSizes {
    std::int64_t motion = 337;    ///< Channels of a motion frame.
    std::int64_t window = 64;     ///< Frames; a multiple of 4.
    std::int64_t hidden = 768;    ///< Width of the frame-wise transformers.
    std::int64_t latent = 256;    ///< Width of codes and of the token-wise transformers.
    std::int64_t speech = 1024;   ///< Speech-encoder channels that SemTalk reads.
    std::int64_t projected = 256; ///< Speech channels that EchoMask reads (after the projection).
    std::int64_t beat = 3;        ///< Channels of the beat features.
    std::int64_t sentence = 512;  ///< Width of a sentence's feature.
    std::int64_t words = 11195;   ///< Rows of the vocabulary.
    std::int64_t wordWidth = 300;
    std::int64_t speakers = 25;
    std::int64_t codes = 256;    ///< Entries of a codebook.
    std::int64_t codeLayers = 6; ///< Residual layers of the tokenizers.

    std::int64_t heads = 4;
    std::int64_t residualHeads = 8;
    std::int64_t hiddenFeedForward = 1536;
    std::int64_t latentFeedForward = 512;
    std::int64_t residualFeedForward = 1024;
    std::int64_t queryFeedForward = 2048; ///< Of EchoMask's speech-queried attention.

    std::int64_t faceLayers = 4;
    std::int64_t hintLayers = 8; ///< Of the decoder by which motion hears speech, or speech motion.
    std::int64_t residualDepth = 3;
    std::int64_t alignmentLayers = 2;

    // What small networks have on top of the published wiring.
    bool normalised = false;       ///< Channels of the motion are brought to mean 0, deviation 1.
    bool peOnSpeech = false;       ///< Positions on the speech that motion attends to.
    bool frameAligned = false;     ///< The speech of the same frame goes straight to the motion.
    bool speechPosteriors = false; ///< Stress, stroke and word probabilities as further speech.
    std::int64_t posteriors = 33;  ///< Channels of those: stress, apex, 31 classes of words.
    bool adaptedSpeech = false;    ///< EchoMask learns its own projection of the speech.
    bool sentenceOfWords = false;  ///< The sentence is the mean of the window's word vectors.

    [[nodiscard]] std::int64_t tokens() const { return window / 4; }
};

} // namespace gesture::models

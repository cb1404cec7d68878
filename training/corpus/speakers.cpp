// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/speakers.h"

#include <string_view>

namespace gesture::training {

namespace {

constexpr auto kTrain = SpeakerUse::Train;
constexpr auto kHeldOut = SpeakerUse::HeldOut;
constexpr auto kFurther = SpeakerUse::FurtherOnly;

Speaker flite(int style, std::string_view name, std::string_view base, double pitch, double tract,
              SpeakerUse use) {
    return {style, {std::string(name), SpeechEngine::Flite, std::string(base), pitch, tract}, use};
}

Speaker espeak(int style, std::string_view name, std::string_view base, SpeakerUse use) {
    return {style, {std::string(name), SpeechEngine::Espeak, std::string(base)}, use};
}

std::vector<Speaker> speakersOfBoth() {
    return {
        flite(0, "slt", "slt", 1.0, 1.0, kTrain),
        flite(1, "rms", "rms", 1.0, 1.0, kHeldOut),
        flite(2, "awb", "awb", 1.0, 1.0, kTrain),
        flite(3, "kal", "kal16", 1.0, 1.0, kTrain),
        espeak(4, "usm3", "en-us+m3", kTrain),
        espeak(5, "usf2", "en-us+f2", kTrain),
        espeak(6, "gbm7", "gmw/en+m7", kTrain),
        espeak(7, "rpf4", "gmw/en-GB-x-rp+f4", kHeldOut),
        espeak(8, "us", "en-us", kTrain),
        espeak(9, "scf3", "gmw/en-GB-scotland+f3", kTrain),
        flite(0, "sltlow", "slt", 0.80, 1.0, kFurther),
        flite(2, "awbhigh", "awb", 1.22, 1.0, kFurther),
        flite(3, "kalhigh", "kal16", 1.20, 1.0, kFurther),
        flite(4, "slthigh", "slt", 1.18, 1.0, kFurther),
        espeak(5, "usm1", "en-us+m1", kFurther),
        espeak(6, "usm5", "en-us+m5", kFurther),
        espeak(8, "usf1", "en-us+f1", kFurther),
        espeak(9, "usf3", "en-us+f3", kFurther),
        espeak(0, "usf5", "en-us+f5", kFurther),
        espeak(2, "gbm2", "gmw/en+m2", kFurther),
        espeak(3, "gbf2", "gmw/en+f2", kFurther),
        espeak(4, "gbm4", "gmw/en+m4", kFurther),
        espeak(5, "scm6", "gmw/en-GB-scotland+m6", kFurther),
        espeak(6, "scf1", "gmw/en-GB-scotland+f1", kFurther),
        espeak(8, "usm7", "en-us+m7", kFurther),
        espeak(9, "gbf5", "gmw/en+f5", kFurther),
    };
}

std::vector<Speaker> speakersOfFlite() {
    return {
        flite(0, "slt", "slt", 1.0, 1.0, kTrain),
        flite(1, "rms", "rms", 1.0, 1.0, kHeldOut),
        flite(2, "awb", "awb", 1.0, 1.0, kTrain),
        flite(3, "kal", "kal16", 1.0, 1.0, kTrain),
        flite(4, "kallarge", "kal16", 0.88, 0.90, kTrain),
        flite(5, "sltsmall", "slt", 1.12, 1.10, kTrain),
        flite(6, "awblarge", "awb", 0.85, 0.90, kTrain),
        flite(7, "rmssmall", "rms", 1.0, 1.12, kHeldOut),
        flite(8, "sltlarge", "slt", 0.70, 0.87, kTrain),
        flite(9, "awbsmall", "awb", 1.35, 1.14, kTrain),
        flite(0, "sltlow", "slt", 0.80, 1.0, kFurther),
        flite(2, "awbhigh", "awb", 1.22, 1.0, kFurther),
        flite(3, "kalhigh", "kal16", 1.20, 1.0, kFurther),
        flite(4, "slthigh", "slt", 1.18, 1.0, kFurther),
        flite(5, "kalsmall", "kal16", 1.35, 1.12, kFurther),
        flite(6, "kalsmaller", "kal16", 1.70, 1.18, kFurther),
        flite(8, "awbsmaller", "awb", 1.60, 1.20, kFurther),
        flite(9, "sltsmaller", "slt", 1.25, 1.17, kFurther),
        flite(0, "awblarger", "awb", 0.80, 0.85, kFurther),
        flite(2, "sltdeep", "slt", 0.62, 0.82, kFurther),
        flite(3, "kallarger", "kal16", 0.80, 0.84, kFurther),
        flite(4, "awbeven", "awb", 1.10, 1.06, kFurther),
        flite(5, "slteven", "slt", 0.90, 0.95, kFurther),
        flite(6, "kaleven", "kal16", 1.10, 1.06, kFurther),
        flite(8, "awbbright", "awb", 1.00, 1.10, kFurther),
        flite(9, "sltdark", "slt", 1.00, 0.92, kFurther),
    };
}

} // namespace

std::vector<Speaker> corpusSpeakers(bool withEspeak) {
    return withEspeak ? speakersOfBoth() : speakersOfFlite();
}

} // namespace gesture::training

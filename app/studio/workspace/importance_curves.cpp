// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/importance_curves.h"

namespace gesture::app {

std::shared_ptr<const ImportanceCurves>
ImportanceCache::curvesOf(const std::shared_ptr<const inference::Analysis>& analysis) {
    if (analysis == from_) return curves_;
    from_ = analysis;
    curves_ = nullptr;
    if (!analysis || analysis->windows().empty()) return nullptr;
    ImportanceCurves curves;
    const auto of = [&](motion::BodyPart part) {
        auto curve = analysis->importance(part);
        return curve ? std::move(*curve) : std::vector<float>();
    };
    curves.upper = of(motion::BodyPart::Upper);
    curves.hands = of(motion::BodyPart::Hands);
    curves.lower = of(motion::BodyPart::Lower);
    curves.fused = analysis->fusedImportance();
    for (const inference::AttentionWindow& window : analysis->windows())
        if (window.begin.value > 0) curves.borders.push_back(window.begin);
    curves_ = std::make_shared<const ImportanceCurves>(std::move(curves));
    return curves_;
}

} // namespace gesture::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/attention/attention_model.h"
#include "core/base/executor.h"
#include "tests/app/studio/attention/made_up_analysis.h"

#include <QApplication>
#include <gtest/gtest.h>

namespace gesture::test {

/// A take with a map and words.
inline app::AttentionContent madeUpContent(const AnalysisShape& shape = {}) {
    app::AttentionContent content;
    content.analysis = madeUpAnalysis(shape);
    content.transcript = madeUpTranscript(static_cast<double>(content.analysis->frames()) / 30.0);
    content.take = QStringLiteral("Take 3");
    content.bundle = QStringLiteral("EchoMask");
    content.state = app::MapState::Ready;
    content.clip = "keynote-opening";
    content.figureRemarks.bundle = "EchoMask";
    return content;
}

/// A model whose background work is done at once.
class AttentionTest : public ::testing::Test {
protected:
    AttentionTest() { model.setContent(madeUpContent()); }

    const inference::Analysis& analysis() { return *model.content().analysis; }

    InlineExecutor executor;
    app::AttentionModel model{executor};
};

} // namespace gesture::test

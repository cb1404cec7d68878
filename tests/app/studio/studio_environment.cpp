// SPDX-License-Identifier: Apache-2.0
// A QApplication for all tests of this program, without a display.
#include "app/studio/theme/style_sheet.h"

#include <QApplication>
#include <gtest/gtest.h>

#include <memory>

namespace gesture::app {
namespace {

class StudioEnvironment final : public ::testing::Environment {
public:
    void SetUp() override {
        if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
        static int count = 1;
        static char name[] = "studio_tests";
        static char* arguments[] = {name, nullptr};
        application_ = std::make_unique<QApplication>(count, arguments);
        QApplication::setStyle(QStringLiteral("Fusion"));
        loadFonts();
        QApplication::setFont(themeFont(12));
    }
    void TearDown() override { application_.reset(); }

private:
    std::unique_ptr<QApplication> application_;
};

const ::testing::Environment* const kEnvironment =
    ::testing::AddGlobalTestEnvironment(new StudioEnvironment);

} // namespace
} // namespace gesture::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"

#include <QPlainTextEdit>
#include <QSyntaxHighlighter>

namespace gesture::app {

/// A configuration as text: line numbers, colours of YAML, one line marked as wrong. GUI thread.
class ConfigEditor final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit ConfigEditor(const Theme& theme, QWidget* parent = nullptr);
    ~ConfigEditor() override;

    void setTheme(const Theme& theme);
    /// Line from 1 with what is wrong there; 0: none.
    void setFault(int line, const QString& sentence);
    void goToLine(int line);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Numbers;
    class Colours;
    void placeNumbers();
    void markLines();
    void paintNumbers(QPaintEvent* event);
    [[nodiscard]] int numbersWidth() const;

    const Theme* theme_;
    Numbers* numbers_;
    Colours* colours_;
    int faultLine_ = 0;
};

} // namespace gesture::app

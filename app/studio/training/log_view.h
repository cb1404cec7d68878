// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/theme/theme.h"
#include "app/studio/training/run_record.h"

#include <QAbstractListModel>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QToolButton>

namespace gesture::app {

/// What a run told, line by line: filtered by weight and words, following the end unless the user
/// scrolls up. GUI thread.
class LogView final : public QWidget {
    Q_OBJECT

public:
    explicit LogView(const Theme& theme, QWidget* parent = nullptr);
    ~LogView() override;

    void setTheme(const Theme& theme);
    void setLines(const std::vector<RunLogLine>& lines);
    /// Lines that pass the filter.
    [[nodiscard]] int shown() const;
    [[nodiscard]] QLineEdit& search() { return *search_; }

private:
    class Model;
    class Painter;
    void filter();

    const Theme* theme_;
    Model* model_;
    Painter* painter_;
    QComboBox* grade_;
    QLineEdit* search_;
    QToolButton* follow_;
    QListView* list_;
    std::vector<RunLogLine> lines_;
};

} // namespace gesture::app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/services/key_sets.h"

#include <QComboBox>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QWidget>

namespace gesture::app {

/// Page of the preferences: the keys of all actions; search, press to record, conflicts are said
/// before they are made, sets of keys as other programs have them. GUI thread.
class ShortcutsPage final : public QWidget {
    Q_OBJECT

public:
    ShortcutsPage(Settings& settings, const Actions& actions, QWidget* parent = nullptr);

    [[nodiscard]] QTreeWidget& list() { return *list_; }
    [[nodiscard]] QLineEdit& search() { return *search_; }
    [[nodiscard]] QComboBox& set() { return *set_; }
    [[nodiscard]] QKeySequenceEdit& recorder() { return *recorder_; }
    [[nodiscard]] QPushButton& assign() { return *assign_; }
    [[nodiscard]] QString conflictText() const { return conflict_->text(); }

private:
    void buildList();
    void fill();
    void filter(const QString& words);
    void showChosen();
    void showConflict();
    [[nodiscard]] ActionId chosen() const;

    Settings& settings_;
    const Actions& actions_;
    QComboBox* set_;
    QLineEdit* search_;
    QTreeWidget* list_;
    QKeySequenceEdit* recorder_;
    QPushButton* assign_;
    QPushButton* remove_;
    QLabel* conflict_;
};

} // namespace gesture::app

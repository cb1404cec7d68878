// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/training/run_templates.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace gesture::app {

/// What a new run begins as: a template, a name, a prepared corpus. GUI thread.
class NewRunDialog final : public QDialog {
    Q_OBJECT

public:
    /// `corpus`: the one that was used last.
    NewRunDialog(const std::filesystem::path& corpus, QWidget* parent);

    /// Chooses a template by its title, "tiny/tokenizer_hands".
    void choose(const QString& title);
    [[nodiscard]] QLineEdit& corpus() { return *corpus_; }
    [[nodiscard]] QPushButton& ok() { return *ok_; }

Q_SIGNALS:
    void chosen(const QString& name, const QString& yaml, const QString& base);

private:
    void fillStages();
    void showTemplate();
    void showCorpus();
    void finish();
    [[nodiscard]] const RunTemplate* current() const;

    std::vector<RunTemplate> templates_;
    QComboBox* set_;
    QComboBox* stage_;
    QLineEdit* name_;
    QLineEdit* corpus_;
    QLabel* corpusState_;
    QLabel* about_;
    QPushButton* ok_;
};

/// What is known of a prepared corpus, in words; `good` when it can be trained on.
struct CorpusFacts {
    bool good = false;
    QString text;
};
[[nodiscard]] CorpusFacts factsOfCorpus(const std::filesystem::path& folder);

} // namespace gesture::app

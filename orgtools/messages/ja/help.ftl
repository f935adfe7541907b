# --help が表示する文と、その周りの語。ここのメッセージは事実を表示しない。Fluent を読み込まずに表示するためで、
# その読み込みは --help より長くかかる。VALUE の位置には値が入る。

## ヘルプの周りの語

help-usage = 使い方:
help-options-place = [オプション]
help-command-place = コマンド [引数]...
help-arguments = 引数
help-options = オプション
help-commands = コマンド
help-one-of = 次のいずれか: VALUE。
help-required = [必須]
help-default = [デフォルト: VALUE]
help-integer = 整数
help-number = 数値
help-path = パス
help-text = 文字列
help-argument-account = アカウント
help-argument-by = 時間
help-argument-check = チェック
help-argument-folder = フォルダ
help-argument-one = 記録
help-argument-other = 別の記録
help-argument-role = ロール
help-argument-said = 回答
help-argument-step = ステップ
help-help = このヘルプを表示して終了します。
help-install-completion = 現在のシェルに補完をインストールします。
help-show-completion = 現在のシェルの補完を表示します。コピーするか、インストールの調整に使用します。

## orgtools

help-orgtools = AWS アカウントを AWS Organizations の組織から別の組織に移行します。表示し、承認を求め、承認された内容だけを実行し、証明します。

## 複数のコマンドのオプション

help-folder = 移行フォルダ。デフォルト: ORGTOOLS_RUN が指すフォルダ、それがなければ現在のフォルダ。
help-new-folder = 新しい移行フォルダ。デフォルト: runs/rehearsal-<日時>。
help-wave = このウェーブだけ。
help-account = このアカウントだけ。複数回指定できます。
help-approve = ドライランが表示したダイジェスト。指定しない場合、何も変更しません。
help-format = 結果の表示形式。
help-scenario = 同梱のシナリオ、wave:N (N 個のアカウントのウェーブ)、またはシナリオファイルのパス。
help-speed = リハーサルの時計の速さ (実時間に対する倍率)。
help-port = サーバーのポート。0 の場合、空いているポートを使用します。
help-profile = AWS の設定ファイルのプロファイル。
help-role-arn = プロファイルの認証情報で引き受けるロールの ARN。
help-secret = 認証情報を保存した Secrets Manager のシークレット。

## orgtools rehearse, orgtools lab, orgtools rehearsal

help-rehearse =
    リハーサルを開始し、すべてのノートブックを順に実行してから停止し、結果を表示します。

    既定のシナリオは、2 つのウェーブのアカウントを移行します。--scenario all は、同梱のほかのシナリオも実行します。終了コード 0: どのシナリオも想定どおりに終了しました。
help-rehearse-scenario = 同梱のシナリオ、all (そのすべて)、wave:N (N 個のアカウントのウェーブ)、またはシナリオファイルのパス。
help-lab = リハーサルを開始し、ノートブックを手動で実行できるように JupyterLab を開きます。
help-rehearsal = このマシン上でシミュレートした組織。
help-rehearsal-start = 中断されるまで、シミュレートした組織をこのマシン上で提供します。
help-rehearsal-advance = 実行中のリハーサルの時計を進めます。
help-advance-by = 進める長さ (90s、30m、6h、15d など)。

## orgtools run, orgtools rollback, orgtools status, orgtools assess, orgtools answer

help-run =
    ステップをプレビューし、そのプレビューのダイジェストを指定すると実行します。

    cancel には --account が必要です。replicate は、移行先に足りない移行元の OU を作成します。--wave を指定すると、そのウェーブに必要な OU だけを作成します。

    終了コード 1: 確認できないアカウントがあります。2: 拒否されたか、ダイジェストが別のものです。
help-step = ステップ。
help-assess =
    10_assess と同じように、アカウントを移行できるかどうかを確認し、失われるものをエクスポートします。AWS では何も変更しません。

    終了コード 1: ブロックされたアカウントがあるか、確認できなかった項目があります。
help-answer = API では答えが得られない質問の回答を台帳に記録します。回答を指定しない場合、質問の一覧を表示します。
help-answer-check = 質問するチェック (E13 など)。指定しない場合、すべての質問の一覧を表示します。
help-answer-said = 回答。
help-answer-account = 1 つのアカウントについての質問の場合、そのアカウント。
help-answer-by = 回答者の名前。デフォルト: このマシンのユーザー。
help-status =
    計画の各アカウントの状態を表示します。スタンドアロンのアカウントが先頭です。AWS では何も変更しません。

    終了コード 1: スタンドアロンの (どの組織にも所属していない) アカウントがあります。
help-rollback = 元に戻せるものとその方法、戻せないものとその理由を表示します。--account を指定すると、移行元に戻す次のステップをプレビューします。
help-rollback-account = このアカウントを 1 ステップ戻します。複数回指定できます。
help-rollback-approve = 同じコマンドが表示したダイジェスト。指定しない場合、何も変更しません。

## orgtools invite, orgtools handshakes

help-invite =
    新しい組織の管理アカウントの認証情報で 1 つのアカウントを招待し、ハンドシェイクの ID を表示します。

    この組織の招待がすでに保留中の場合、その ID を表示します。終了コード 2: 拒否されました。理由も表示します。
help-invite-account = アカウントの ID (12 桁)。
help-notes = アカウントの所有者への連絡。AWS の E メールに記載されます。
help-tag = タグ (key=value)。アカウントの参加時に AWS が付けます。複数回指定できます。
help-invite-run = 移行フォルダ。その台帳に呼び出しを記録し、その規則に従います。
help-json = ハンドシェイク全体を JSON で表示します。
help-handshakes = 組織が送信したハンドシェイクの一覧を、保留中のものから表示します。読み取り専用です。

## orgtools audit, orgtools record, orgtools verify-record, orgtools compare-records, orgtools policies

help-audit =
    両方の組織とメンバーのハンドシェイクと、想定外の検出結果を表示します。AWS では何も変更しません。

    終了コード 0: 想定外のものはありません。1: 想定外のもの、または確認できないものがあります。2: 監査を実行できませんでした。
help-within = この日数以内に有効期限が切れる招待を報告します。
help-members = 計画のアカウントにアクセスし、受信したハンドシェイクを読み取ります。
help-record = 移行の記録を書き出します: ネットワークなしで開ける 1 つのページ、そのデータのファイル、マニフェスト。
help-level = 記録の読者。public と partner だけが、名前を仮名に置き換えます。
help-sign = マニフェストに署名する SSH の秘密鍵。
help-verify-record = 記録が編集されていないかを確認します。終了コード 1: 編集されているか、署名が正しくありません。
help-record-folder = 記録のフォルダ。
help-signers = 許可された署名者のファイル。ssh-keygen(1) を参照してください。指定すると、署名のない記録もエラーになります。
help-signer = 署名者。そのファイルに書かれた名前で指定します。
help-compare-records =
    同じ移行の 2 つの記録の間で変わったものを表示します: アカウント、台帳のイベント、検出結果。

    終了コード 1: 読み取れない記録、または作成後に変更された記録があります。
help-compared-one = 記録のフォルダ。
help-compared-other = 同じ移行の別の記録のフォルダ。
help-policies = ロールの最小権限の IAM ポリシーを表示します。
help-policies-role = ポリシーを使用するロール。auditor と assess-* のポリシーは、読み取りだけを許可します。
help-organization = 移行先の組織 ID (o-...)。source-operator の場合は、移行元の組織 ID。
help-management-account = その組織の管理アカウント (12 桁)。
help-member-role = メンバーアカウントのロールの名前。
help-source-organization = member-accept の場合: 移行元の組織 ID。ロールは、移行元に戻るときにこの組織の招待を承諾します。
help-source-management-account = member-accept の場合: 移行元の管理アカウント (12 桁)。
help-template = ポリシーの代わりに、ロールを作成する CloudFormation テンプレートを表示します。

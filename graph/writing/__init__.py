"""The only way to write records.

- `writer`: `Writer` writes facts, in one transaction or in batches; `transaction` does the work inside one.
- `facts` and `origin`: what is written, and who says so.
- `change_log`: one numbered entry for each transaction that wrote; `changes` reads them.
- `idempotency`: what is written under a key is written once.
- `assertions`, `history` and `precedence`: values that were replaced or are not shown, and which value is shown.
- `statements`: the Cypher, made from the model.
"""

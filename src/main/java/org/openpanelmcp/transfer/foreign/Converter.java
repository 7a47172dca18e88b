package org.openpanelmcp.transfer.foreign;

import java.sql.SQLException;

/** Turns the files of one product into events. */
interface Converter {
    /** @throws org.openpanelmcp.transfer.TransferProblem when the file is none of the product's */
    Conversion convert(ForeignRequest request, Packed packed, Scratch scratch) throws SQLException;
}

//! web/booth
